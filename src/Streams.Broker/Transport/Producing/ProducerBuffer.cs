namespace Streams.Broker.Transport.Producing;

/// <summary>
/// Counts the bytes that wait for acknowledgement, and keeps in call order those who wait for room. Bounded and thread-safe. Its lock is taken
/// before a partition's, never the other way round.
/// </summary>
internal sealed class ProducerBuffer(long bytesMax)
{
    private readonly Lock _gate = new();
    private readonly Queue<SpaceWaiter> _waiters = new();
    private long _used;
    private volatile int _waiting;

    /// <summary>Gets the bytes that wait for acknowledgement.</summary>
    public long UsedBytes => Volatile.Read(ref _used);

    /// <summary>Gets how many bytes may wait.</summary>
    public long BytesMax => bytesMax;

    /// <summary>Takes room, unless there is none or somebody waits for it already.</summary>
    public bool TryReserve(int size) => _waiting == 0 && TryTake(size);

    /// <summary>Gives room back; those who wait for it are queued before this returns.</summary>
    public void Release(long size)
    {
        Interlocked.Add(ref _used, -size);
        if (_waiting > 0)
        {
            AdmitWaiters();
        }
    }

    /// <summary>Puts a record behind those that wait already.</summary>
    /// <exception cref="StreamsException">BufferFull: too many wait.</exception>
    public void Wait(SpaceWaiter waiter)
    {
        lock (_gate)
        {
            if (_waiters.Count >= ProducerLimits.SpaceWaitersMax)
            {
                throw new StreamsException(
                    $"The producer's buffer of {bytesMax} bytes is full, and {_waiters.Count} records wait for room already, at most "
                    + $"{ProducerLimits.SpaceWaitersMax} may. Await what was produced before producing more.")
                {
                    Code = StreamsErrorCode.BufferFull,
                };
            }

            _waiters.Enqueue(waiter);
            _waiting = _waiters.Count;
        }

        // Room may have come between the failed reservation and now, and nobody else would notice.
        AdmitWaiters();
    }

    /// <summary>Queues the records of those who wait, in order, as far as there is room.</summary>
    public void AdmitWaiters()
    {
        lock (_gate)
        {
            while (_waiters.TryPeek(out var next))
            {
                if (!next.IsDecided)
                {
                    if (!TryTake(next.Size))
                    {
                        break;
                    }

                    if (!next.TryClaim() || !next.TryAdmit())
                    {
                        Interlocked.Add(ref _used, -next.Size);
                    }
                }

                _waiters.Dequeue();
            }

            _waiting = _waiters.Count;
        }
    }

    /// <summary>Completes once all who wait now are queued or have given up.</summary>
    public Task WhenAdmittedAsync()
    {
        lock (_gate)
        {
            return _waiters.Count == 0 ? Task.CompletedTask : WaitForAllAsync([.. _waiters.Select(waiter => waiter.Admitted)]);
        }

        static async Task WaitForAllAsync(Task[] waiters)
            => await Task.WhenAll(waiters).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private bool TryTake(int size)
    {
        var used = Volatile.Read(ref _used);
        while (used + size <= bytesMax)
        {
            var seen = Interlocked.CompareExchange(ref _used, used + size, used);
            if (seen == used)
            {
                return true;
            }

            used = seen;
        }

        return false;
    }
}
