namespace Streams.Broker.Topics;

/// <summary>The bounds of topics.</summary>
internal static class TopicLimits
{
    /// <summary>Kafka's longest name: with a hyphen and a partition number it still fits a file name of 255 bytes.</summary>
    public const int NameLengthMax = 249;

    /// <summary>Partitions of one topic. Kafka has no bound; each costs a folder, open files and a place in every round of upkeep.</summary>
    public const int PartitionsMax = 10_000;

    /// <summary>The smallest segment: Kafka's bound since 4.1 (KIP-1030).</summary>
    public const int SegmentBytesMin = 1024 * 1024;

    /// <summary>The largest batch a topic may allow: 100 MiB, the largest request Kafka's brokers take.</summary>
    public const int MessageBytesMax = 100 * 1024 * 1024;

    /// <summary>Durations beyond a century mean forever.</summary>
    public static readonly TimeSpan DurationMax = TimeSpan.FromDays(36_525);
}
