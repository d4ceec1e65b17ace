namespace Streams.Broker.Partitions;

/// <summary>The bounds of partitions.</summary>
internal static class PartitionLimits
{
    /// <summary>Readers that wait for records of one partition: one for each member of the largest group the coordinator takes.</summary>
    public const int WaitersMax = 10_000;

    /// <summary>Bytes that may come out of one compressed batch: the largest batch there is, uncompressed.</summary>
    public const int DecompressedBytesMax = 100 * 1024 * 1024;

    /// <summary>Blocks kept for reuse: a few for each partition that a busy process reads at once.</summary>
    public const int PooledBlocksMax = 64;

    /// <summary>Record ranges a pooled block keeps room for: a fetch of 1 MiB of 64-byte records. More are given back to the collector.</summary>
    public const int PooledBlockRecordsMax = 16_384;
}
