namespace Streams.Broker.Groups;

/// <summary>Where the coordinator's numbers come from.</summary>
internal static class GroupCoordinatorDefaults
{
    /// <summary>Kafka's <c>group.initial.rebalance.delay.ms</c>: members that start together share one rebalance.</summary>
    public static readonly TimeSpan InitialRebalanceDelay = TimeSpan.FromSeconds(3);

    /// <summary>What a broker inside an application takes instead: its members start in one process within milliseconds, and start-up is to be instant.</summary>
    public static readonly TimeSpan EmbeddedInitialRebalanceDelay = TimeSpan.Zero;

    /// <summary>Kafka's <c>group.min.session.timeout.ms</c>.</summary>
    public static readonly TimeSpan SessionTimeoutMin = TimeSpan.FromSeconds(6);

    /// <summary>Kafka's <c>group.max.session.timeout.ms</c>.</summary>
    public static readonly TimeSpan SessionTimeoutMax = TimeSpan.FromMinutes(30);

    /// <summary>Kafka's constant for a member that joins for the first time and waits for the rebalance: five minutes.</summary>
    public static readonly TimeSpan NewMemberJoinTimeout = TimeSpan.FromMinutes(5);

    /// <summary>Kafka's <c>offsets.retention.minutes</c>.</summary>
    public static readonly TimeSpan OffsetsRetention = TimeSpan.FromDays(7);
}
