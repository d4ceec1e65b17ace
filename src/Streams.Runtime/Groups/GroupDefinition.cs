namespace Streams.Runtime.Groups;

/// <summary>
/// What one consumer group of this process is: attributes and configuration merged, names resolved. Immutable; checked when the
/// <see cref="ConsumerGroup"/> is made. Every default names its source in <see cref="GroupDefaults"/>.
/// </summary>
internal sealed record GroupDefinition
{
    /// <summary>Gets the group id, placeholders replaced.</summary>
    public required string GroupId { get; init; }

    /// <summary>Gets the handler classes, each message in one of them only.</summary>
    public required IReadOnlyList<HandlerBinding> Handlers { get; init; }

    /// <summary>Gets every message the process knows (the catalog's), which tells a type nobody here handles from one nobody here knows.
    /// What the handlers name is known in any case.</summary>
    public IReadOnlyList<MessageDescriptor> Messages { get; init; } = [];

    /// <summary>Gets when offsets are committed.</summary>
    public CommitPolicy Commit { get; init; }

    /// <summary>Gets after how many records of a partition Sync and Async commit.</summary>
    public int CommitEvery { get; init; } = 1;

    /// <summary>Gets the interval of Auto and Manual, and after how much idle time the other policies commit what is left over.</summary>
    public TimeSpan CommitInterval { get; init; } = GroupDefaults.CommitInterval;

    /// <summary>Gets a value indicating whether Async commits synchronously at revoke and stop.</summary>
    public bool FinalCommit { get; init; } = true;

    /// <summary>Gets which records may be handled at the same time.</summary>
    public ProcessingOrder Order { get; init; }

    /// <summary>Gets how many handler calls run at once in this process; 0 means one per assigned partition.</summary>
    public int Concurrency { get; init; }

    /// <summary>Gets where the group begins without a committed offset.</summary>
    public StartFrom StartFrom { get; init; }

    /// <summary>Gets a time to begin at without a committed offset; where set it goes before <see cref="StartFrom"/>.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Gets how many records of a partition may be in flight.</summary>
    public int InFlightMax { get; init; } = GroupDefaults.InFlightMax;

    /// <summary>Gets how long a revocation or a seek waits for handlers that run.</summary>
    public TimeSpan RevocationDrain { get; init; } = GroupDefaults.RevocationDrain;

    /// <summary>Gets after how long without a heartbeat the member is removed.</summary>
    public TimeSpan SessionTimeout { get; init; } = GroupDefaults.SessionTimeout;

    /// <summary>Gets the time between heartbeats.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = GroupDefaults.HeartbeatInterval;

    /// <summary>Gets how long a rebalance waits for members.</summary>
    public TimeSpan RebalanceTimeout { get; init; } = GroupDefaults.RebalanceTimeout;

    /// <summary>Gets the name of a static member (KIP-345), or <see langword="null"/>.</summary>
    public string? InstanceId { get; init; }
}
