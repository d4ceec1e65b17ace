namespace Streams.Runtime.Reading;

/// <summary>The bounds of what one reading holds.</summary>
internal static class ReadingLimits
{
    /// <summary>What the blocks of all partitions of one reading take together, softly: Kafka's <c>max.partition.fetch.bytes</c> eight times.</summary>
    public const int BlockBytesMax = 8 * 1024 * 1024;

    /// <summary>What one block takes at most: Kafka's <c>max.partition.fetch.bytes</c>.</summary>
    public const int PartitionBytesMax = 1024 * 1024;

    /// <summary>What one block may take however many partitions there are; a whole batch comes back in any case.</summary>
    public const int PartitionBytesMin = 16 * 1024;

    /// <summary>How many bytes to ask of one partition.</summary>
    public static int PartitionBytes(int partitionCount)
        => Math.Clamp(BlockBytesMax / Math.Max(partitionCount, 1), PartitionBytesMin, PartitionBytesMax);
}
