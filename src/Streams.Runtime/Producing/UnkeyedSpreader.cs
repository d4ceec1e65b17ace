namespace Streams.Runtime.Producing;

/// <summary>Spreads records without a key over the partitions of a topic. Thread-safe, without a lock.</summary>
/// <param name="unkeyed">How to spread.</param>
/// <param name="batchBytes">After how many bytes the sticky partition changes.</param>
/// <param name="random">Chooses where to begin and the next sticky partition; must be thread-safe.</param>
/// <remarks>
/// KIP-480 changes the sticky partition when a batch closes. The transport's seam does not tell when that is, so the partition changes
/// after the bytes of one full batch, as the uniform sticky partitioner of KIP-794 does.
/// </remarks>
internal sealed class UnkeyedSpreader(Unkeyed unkeyed, int batchBytes, Random random)
{
    private uint _next = (uint)random.Next();
    private int _sticky = random.Next();
    private int _stickyBytes;

    /// <summary>Returns the partition of the next record.</summary>
    /// <param name="recordBytes">The record's size.</param>
    /// <param name="partitionCount">How many partitions the topic has, at least 1.</param>
    public int Next(int recordBytes, int partitionCount)
        => unkeyed == Unkeyed.Sticky
            ? NextSticky(recordBytes, partitionCount)
            : (int)((Interlocked.Increment(ref _next) - 1) % (uint)partitionCount);

    private int NextSticky(int recordBytes, int partitionCount)
    {
        var chosen = Volatile.Read(ref _sticky) % partitionCount;
        var bytes = Interlocked.Add(ref _stickyBytes, recordBytes);

        // Only the caller whose record crosses the line changes the partition; others that come meanwhile still use the old one.
        if (bytes >= batchBytes && bytes - recordBytes < batchBytes)
        {
            Volatile.Write(ref _sticky, partitionCount == 1 ? 0 : (chosen + 1 + random.Next(partitionCount - 1)) % partitionCount);
            Volatile.Write(ref _stickyBytes, 0);
        }

        return chosen;
    }
}
