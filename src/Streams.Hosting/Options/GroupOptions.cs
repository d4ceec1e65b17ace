namespace Streams;

/// <summary>What a host may override of one consumer group: what is operational, never the contract. Null leaves the attribute's value.</summary>
public sealed class GroupOptions
{
    /// <summary>Gets or sets whether the group starts in this process.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets how many handler calls run at once in this process; 0 means one per assigned partition.</summary>
    public int? Concurrency { get; set; }

    /// <summary>Gets or sets the commit interval.</summary>
    public TimeSpan? CommitInterval { get; set; }

    /// <summary>Gets or sets after how many records of a partition Sync and Async commit.</summary>
    public int? CommitEvery { get; set; }

    /// <summary>Gets or sets where the group begins without a committed offset: <c>Earliest</c>, <c>Latest</c>, <c>Fail</c>, or a time such as <c>2026-01-31T08:00:00Z</c>.</summary>
    public string? StartFrom { get; set; }

    /// <summary>Gets or sets how many records of a partition may be in flight.</summary>
    /// <value>The default is 512.</value>
    public int? InFlightMax { get; set; }

    /// <summary>Gets or sets after how long without a heartbeat a member is removed.</summary>
    /// <value>The default is 45 s, Kafka's <c>session.timeout.ms</c>.</value>
    public TimeSpan? SessionTimeout { get; set; }

    /// <summary>Gets or sets the time between heartbeats.</summary>
    /// <value>The default is 3 s, Kafka's <c>heartbeat.interval.ms</c>.</value>
    public TimeSpan? HeartbeatInterval { get; set; }

    /// <summary>Gets or sets how long a rebalance waits for members.</summary>
    /// <value>The default is 60 s.</value>
    public TimeSpan? RebalanceTimeout { get; set; }

    /// <summary>Gets or sets how long a revocation waits for handlers that run.</summary>
    /// <value>The default is 10 s.</value>
    public TimeSpan? RevocationDrain { get; set; }

    /// <summary>Gets or sets the name of a static member (KIP-345), unique within the group.</summary>
    public string? InstanceId { get; set; }
}
