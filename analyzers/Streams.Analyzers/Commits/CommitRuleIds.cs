namespace Streams.Analyzers.Commits;

/// <summary>The ids of the commit rules. Written out, never computed, never reused.</summary>
internal static class CommitRuleIds
{
    public const string UnawaitedCommit = "STRM0001";
    public const string CommitBeforeWork = "STRM0002";
    public const string CommitInFinally = "STRM0003";
    public const string CommitInCatch = "STRM0004";
    public const string CommitAfterSwallowedException = "STRM0005";
    public const string SwallowedException = "STRM0006";
    public const string SwallowedCancellation = "STRM0007";
    public const string CommitWhileWorkIsOutstanding = "STRM0008";
    public const string WorkHandedToBackground = "STRM0009";
    public const string FireAndForget = "STRM0010";
    public const string UnawaitedProduce = "STRM0011";
    public const string PathWithoutOutcome = "STRM0012";
    public const string CommitInParallelSection = "STRM0014";
    public const string CommitOfOlderOffset = "STRM0015";
    public const string CommitInBatchLoop = "STRM0016";
    public const string ExplicitCommitUnderRuntimePolicy = "STRM0017";
    public const string SecondOutcome = "STRM0018";
    public const string BlockingCall = "STRM0019";
    public const string LongWait = "STRM0020";
    public const string CancellableCommit = "STRM0021";
    public const string EscapingContext = "STRM0022";
}
