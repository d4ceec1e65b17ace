namespace Streams.Storage;

/// <summary>Where the numbers of a log come from.</summary>
internal static class LogDefaults
{
    /// <summary>256 MiB, a quarter of Kafka's <c>segment.bytes</c>: an unclean start reads the last segment, so a smaller one starts faster.</summary>
    public const int SegmentBytesMax = 256 * 1024 * 1024;

    /// <summary>Kafka's <c>max.message.bytes</c>: 1 MiB and the 12 bytes before the length counts.</summary>
    public const int BatchBytesMax = 1_048_588;

    /// <summary>Kafka's <c>index.interval.bytes</c>.</summary>
    public const int IndexIntervalBytes = 4096;

    /// <summary>Kafka's <c>min.cleanable.dirty.ratio</c>.</summary>
    public const double MinDirtyRatio = 0.5;

    /// <summary>Kafka's <c>segment.ms</c>.</summary>
    public static readonly TimeSpan SegmentAgeMax = TimeSpan.FromDays(7);

    /// <summary>Kafka's <c>retention.ms</c>.</summary>
    public static readonly TimeSpan RetentionTime = TimeSpan.FromDays(7);

    /// <summary>Kafka's <c>delete.retention.ms</c>.</summary>
    public static readonly TimeSpan DeleteRetention = TimeSpan.FromHours(24);
}
