namespace Streams.Analyzers.Groups;

/// <summary>The ids of the rules of handler classes and their groups. Written out, never computed, never reused.</summary>
internal static class GroupRuleIds
{
    public const string UnwatchedAsyncCommit = "STRM0013";
    public const string HandlerWithoutToken = "STRM0103";
    public const string ScopedServiceInSingleton = "STRM0106";
    public const string SharedMutableState = "STRM0107";
    public const string ConcurrencyAbovePartitions = "STRM0402";
    public const string ConflictingPolicies = "STRM0403";
    public const string UnregisteredHandlers = "STRM0404";
}
