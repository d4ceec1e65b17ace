using System.Diagnostics.CodeAnalysis;
using Streams.Broker.Partitions;
using Streams.Broker.Transport.Consuming;
using Streams.Transport;

namespace Streams.Broker.Transport;

/// <summary>A partition as a group member sees it. Thread-safe.</summary>
internal sealed class PartitionFeed(Partition partition) : IPartitionFeed
{
    /// <inheritdoc />
    public bool TryRead(long offset, int bytesMax, [NotNullWhen(true)] out RecordBlock? block)
        => partition.TryRead(offset, bytesMax, out block);

    /// <inheritdoc />
    public void WaitForData(long offset, IDataWaiter waiter) => partition.WaitForData(offset, waiter);

    /// <inheritdoc />
    public void StopWaiting(IDataWaiter waiter) => partition.StopWaiting(waiter);
}
