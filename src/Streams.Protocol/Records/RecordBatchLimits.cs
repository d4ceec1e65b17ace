namespace Streams.Protocol.Records;

/// <summary>Bounds of batches where a caller gives none of its own.</summary>
internal static class RecordBatchLimits
{
    /// <summary>
    /// The largest batch that is built: 100 MiB, the largest request Kafka's brokers take (<c>socket.request.max.bytes</c>).
    /// </summary>
    public const int BatchBytesMax = 100 * 1024 * 1024;

    /// <summary>
    /// The largest batch that comes out of a compressed one: the same, since an uncompressed batch cannot be larger either.
    /// </summary>
    public const int DecompressedBytesMax = BatchBytesMax;
}
