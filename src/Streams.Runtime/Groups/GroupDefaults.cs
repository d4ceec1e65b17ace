namespace Streams.Runtime.Groups;

/// <summary>Where the numbers of a group come from.</summary>
internal static class GroupDefaults
{
    /// <summary>Per partition; facts on commits 4.2, the bound other clients with deferred acknowledgement settle at.</summary>
    public const int InFlightMax = 512;

    /// <summary>Kafka's <c>auto.commit.interval.ms</c>.</summary>
    public static readonly TimeSpan CommitInterval = TimeSpan.FromSeconds(5);

    /// <summary>A sixth of the rebalance timeout: drained work keeps its offsets, and the others do not wait long.</summary>
    public static readonly TimeSpan RevocationDrain = TimeSpan.FromSeconds(10);

    /// <summary>Kafka's <c>session.timeout.ms</c>.</summary>
    public static readonly TimeSpan SessionTimeout = TimeSpan.FromSeconds(45);

    /// <summary>Kafka's <c>heartbeat.interval.ms</c>.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(3);

    /// <summary>Kafka Connect's <c>rebalance.timeout.ms</c>; the plain consumer's five minutes belong to its polling loop, which is absent here.</summary>
    public static readonly TimeSpan RebalanceTimeout = TimeSpan.FromSeconds(60);
}
