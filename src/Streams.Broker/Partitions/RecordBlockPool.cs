using System.Collections.Concurrent;

namespace Streams.Broker.Partitions;

/// <summary>Record blocks for reuse, so that a read allocates nothing once warm. Bounded and thread-safe.</summary>
internal sealed class RecordBlockPool
{
    private readonly ConcurrentQueue<LogRecordBlock> _blocks = new();
    private int _count;

    /// <summary>Returns an empty block with one reference.</summary>
    public LogRecordBlock Rent()
    {
        if (!_blocks.TryDequeue(out var block))
        {
            return new(this);
        }

        Interlocked.Decrement(ref _count);
        block.Begin();
        return block;
    }

    /// <summary>Takes back an emptied block.</summary>
    public void Return(LogRecordBlock block)
    {
        if (Interlocked.Increment(ref _count) <= PartitionLimits.PooledBlocksMax)
        {
            _blocks.Enqueue(block);
        }
        else
        {
            Interlocked.Decrement(ref _count);
        }
    }
}
