namespace Streams.Transport;

/// <summary>What a transport's group member is told. Copied when the consumer is made.</summary>
public sealed class ConsumerSettings
{
    /// <summary>Gets the group.</summary>
    public required string GroupId { get; init; }

    /// <summary>Gets the topics to subscribe to.</summary>
    public required IReadOnlyList<string> Topics { get; init; }

    /// <summary>Gets the client id, the first part of the member id.</summary>
    public string ClientId { get; init; } = "streams";

    /// <summary>Gets the name of a static member (KIP-345), or <see langword="null"/>.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Gets after how long without a heartbeat the member is removed; the default is 45 s.</summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>Gets the time between heartbeats; the default is 3 s.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Gets how long a rebalance waits for members to give up partitions and rejoin; the default is 60 s.</summary>
    public TimeSpan RebalanceTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets the assignors in order of preference, by Kafka's names; the default is cooperative-sticky, then range.</summary>
    public IReadOnlyList<string> Assignors { get; init; } = ["cooperative-sticky", "range"];

    /// <summary>Gets the soft bound of a block's bytes; the default is 1 MiB (Kafka's <c>max.partition.fetch.bytes</c>).</summary>
    public int FetchBytesMax { get; init; } = 1024 * 1024;
}
