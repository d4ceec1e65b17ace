namespace Streams.Runtime.Connection;

/// <summary>Where the numbers of this folder come from.</summary>
internal static class ConnectionDefaults
{
    /// <summary>Kafka's <c>metadata.max.age.ms</c>: partitions added by somebody else are seen after this time at the latest.</summary>
    public static readonly TimeSpan PartitionsAgeMax = TimeSpan.FromMinutes(5);
}
