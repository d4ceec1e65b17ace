using Streams.Storage;

namespace Streams.Broker.Topics;

/// <summary>What the catalog takes where a topic does not say.</summary>
internal sealed record TopicCatalogOptions
{
    /// <summary>Gets the partition count.</summary>
    public required int DefaultPartitions { get; init; }

    /// <summary>Gets the partition count of <c>__consumer_offsets</c> when it is created; it never changes afterwards.</summary>
    public required int OffsetsPartitions { get; init; }

    /// <summary>Gets the durability.</summary>
    public required Durability DefaultDurability { get; init; }

    /// <summary>Gets a value indicating whether nothing outlives the process anyway, whatever a topic asks for.</summary>
    public required bool IsInMemory { get; init; }

    /// <summary>Returns what a topic's log is told before its own settings.</summary>
    public LogOptions LogDefaults(string topic) => new()
    {
        Durability = TopicNames.IsInternal(topic) ? Durability.Fsync : DefaultDurability,
        Compact = TopicNames.IsInternal(topic),
        Delete = !TopicNames.IsInternal(topic),
    };
}
