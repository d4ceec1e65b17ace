namespace Streams.Broker.Transport.Producing;

/// <summary>Where the producer's numbers come from.</summary>
internal static class ProducerDefaults
{
    /// <summary>The bytes a batch begins with: a few small records, so that many idle partitions cost little. It grows by doubling and is reused.</summary>
    public const int BatchCapacity = 4096;

    /// <summary>In process a batch grows while the one before is written; 1 ms of linger would only be 1 ms of latency.</summary>
    public static readonly TimeSpan Linger = TimeSpan.Zero;

    /// <summary>Kafka's <c>retry.backoff.ms</c>.</summary>
    public static readonly TimeSpan RetryBackoffMin = TimeSpan.FromMilliseconds(100);

    /// <summary>Kafka's <c>retry.backoff.max.ms</c>.</summary>
    public static readonly TimeSpan RetryBackoffMax = TimeSpan.FromSeconds(1);
}
