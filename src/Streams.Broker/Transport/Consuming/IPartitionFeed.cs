using System.Diagnostics.CodeAnalysis;
using Streams.Transport;

namespace Streams.Broker.Transport.Consuming;

/// <summary>The records of one partition for consumers in this process. Thread-safe.</summary>
internal interface IPartitionFeed
{
    /// <summary>Reads whole batches from the one that holds the offset, below the high watermark only, without waiting.</summary>
    /// <param name="offset">The first offset wanted; records before it are not in the block.</param>
    /// <param name="bytesMax">A soft bound: at least one batch comes back.</param>
    /// <param name="block">At least one record or a gap to pass; the caller releases it.</param>
    /// <returns><see langword="false"/> where there is nothing yet at or after the offset.</returns>
    /// <exception cref="StreamsException">OffsetOutOfRange, Corrupt, StorageFailed, or UnknownTopicOrPartition once the topic is deleted.</exception>
    bool TryRead(long offset, int bytesMax, [NotNullWhen(true)] out RecordBlock? block);

    /// <summary>
    /// Tells the waiter once when there is something at or after the offset below the high watermark, or when a read would fail; at once
    /// (even inside this call) where that is so already. A waiter waits once at a time.
    /// </summary>
    /// <param name="offset">The offset.</param>
    /// <param name="waiter">Whom to tell.</param>
    void WaitForData(long offset, IDataWaiter waiter);

    /// <summary>Forgets a waiter, where it still waits; it may be told once more by a call already on its way.</summary>
    /// <param name="waiter">The waiter.</param>
    void StopWaiting(IDataWaiter waiter);
}
