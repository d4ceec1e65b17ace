namespace Streams.Hosting;

/// <summary>The bounds of what a host may ask for.</summary>
internal static class HostingLimits
{
    /// <summary>Characters of a topic name or group id: Kafka's bound, so that a partition's folder fits a file name.</summary>
    public const int NameLengthMax = 249;

    /// <summary>Partitions of one topic: each costs files and timers; more than this is a slip of the keyboard on a broker of one node.</summary>
    public const int PartitionsMax = 10_000;

    /// <summary>Handler calls at once in one group: each may hold a scope, a connection, memory.</summary>
    public const int ConcurrencyMax = 10_000;

    /// <summary>Records in flight in one partition: each costs an entry in the tracker and perhaps a waiting task.</summary>
    public const int InFlightMax = 100_000;

    /// <summary>Bytes of a batch: the largest that a topic takes unless told otherwise (Kafka's <c>max.message.bytes</c> without its overhead).</summary>
    public const int BatchBytesMax = 1024 * 1024;

    /// <summary>Bytes of a segment at least: Kafka 4's bound on <c>segment.bytes</c>.</summary>
    public const int SegmentBytesMin = 1024 * 1024;

    /// <summary>Kafka's <c>group.min.session.timeout.ms</c>.</summary>
    public static readonly TimeSpan SessionTimeoutMin = TimeSpan.FromSeconds(6);

    /// <summary>Kafka's <c>group.max.session.timeout.ms</c>.</summary>
    public static readonly TimeSpan SessionTimeoutMax = TimeSpan.FromMinutes(30);

    /// <summary>Any interval: longer ones do not fit the timers of .NET, and nobody waits for them.</summary>
    public static readonly TimeSpan IntervalMax = TimeSpan.FromDays(24);
}
