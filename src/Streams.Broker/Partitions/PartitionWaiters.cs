namespace Streams.Broker.Partitions;

/// <summary>Those who wait for records of one partition, each for an offset. Bounded and thread-safe; waiters are told outside the lock.</summary>
internal sealed class PartitionWaiters
{
    private readonly Lock _gate = new();
    private readonly List<(long Offset, IPartitionWaiter Waiter)> _waiting = [];
    private volatile int _count;

    /// <summary>Adds a waiter.</summary>
    /// <exception cref="StreamsException">BufferFull.</exception>
    public void Add(TopicPartition partition, long offset, IPartitionWaiter waiter)
    {
        lock (_gate)
        {
            if (_waiting.Count >= PartitionLimits.WaitersMax)
            {
                throw new StreamsException(
                    $"{_waiting.Count} readers wait for records of partition '{partition}' already, at most "
                    + $"{PartitionLimits.WaitersMax} may. "
                    + "Read with fewer tasks.")
                {
                    Code = StreamsErrorCode.BufferFull,
                };
            }

            _waiting.Add((offset, waiter));
            _count = _waiting.Count;
        }
    }

    /// <summary>Takes a waiter out.</summary>
    public void Remove(IPartitionWaiter waiter)
    {
        lock (_gate)
        {
            _waiting.RemoveAll(entry => ReferenceEquals(entry.Waiter, waiter));
            _count = _waiting.Count;
        }
    }

    /// <summary>Tells all whose offset is visible now.</summary>
    public void Tell(long highWatermark)
    {
        // The watermark is set before, a waiter looks at it after it is in the list: one of the two sees the other.
        Interlocked.MemoryBarrier();
        if (_count > 0)
        {
            TellWaiting(highWatermark);
        }
    }

    /// <summary>Tells everybody.</summary>
    public void TellAll() => TellWaiting(long.MaxValue);

    private void TellWaiting(long highWatermark)
    {
        List<IPartitionWaiter>? told = null;
        lock (_gate)
        {
            for (var index = _waiting.Count - 1; index >= 0; index--)
            {
                if (_waiting[index].Offset < highWatermark)
                {
                    (told ??= []).Add(_waiting[index].Waiter);
                    _waiting[index] = _waiting[^1];
                    _waiting.RemoveAt(_waiting.Count - 1);
                }
            }

            _count = _waiting.Count;
        }

        told?.ForEach(static waiter => waiter.OnData());
    }
}
