namespace Streams.Broker;

/// <summary>Where the broker's numbers come from.</summary>
internal static class BrokerDefaults
{
    /// <summary>Enough for one machine; Kafka's <c>num.partitions</c> of 1 would serialise a group.</summary>
    public const int Partitions = 6;

    /// <summary>Kafka's <c>offsets.topic.num.partitions</c>, so that a group lives where Kafka's tools look for it.</summary>
    public const int OffsetsPartitions = 50;

    /// <summary>In memory nobody looks with tools, and fewer partitions start faster.</summary>
    public const int MemoryOffsetsPartitions = 8;

    /// <summary>Kafka's <c>log.retention.check.interval.ms</c>.</summary>
    public static readonly TimeSpan MaintenanceInterval = TimeSpan.FromMinutes(5);

    /// <summary>Kafka's <c>offsets.retention.minutes</c>: 10,080.</summary>
    public static readonly TimeSpan OffsetsRetention = TimeSpan.FromDays(7);
}
