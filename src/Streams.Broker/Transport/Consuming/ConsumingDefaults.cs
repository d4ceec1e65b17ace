namespace Streams.Broker.Transport.Consuming;

/// <summary>Where the numbers of a group member in this process come from.</summary>
internal static class ConsumingDefaults
{
    /// <summary>Kafka's <c>retry.backoff.ms</c>: between two tries while the coordinator loads.</summary>
    public static readonly TimeSpan RetryBackoff = TimeSpan.FromMilliseconds(100);

    /// <summary>Blocks one lease may get in a row before other work of the thread pool has its turn: some milliseconds at full speed.</summary>
    public const int BlocksInARowMax = 16;
}
