namespace Streams.Runtime.Producing;

/// <summary>Names of this folder.</summary>
internal static class ProducingDefaults
{
    /// <summary>Headers whose name begins so belong to the framework (SURFACE, "Headers of ours").</summary>
    public const string ReservedHeaderPrefix = "streams-";
}
