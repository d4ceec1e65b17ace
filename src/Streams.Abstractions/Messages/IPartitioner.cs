namespace Streams;

/// <summary>Chooses the partition of a message. Must be thread-safe and give the same answer for the same input in every process.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IPartitioner<in T>
{
    /// <summary>Returns the partition, from 0 to <paramref name="partitionCount"/> - 1.</summary>
    /// <param name="message">The message.</param>
    /// <param name="key">Its key bytes, empty where it has none; valid during the call only.</param>
    /// <param name="partitionCount">How many partitions the topic has.</param>
    int Partition(T message, ReadOnlySpan<byte> key, int partitionCount);
}
