namespace Streams.Storage.Flushing;

/// <summary>Those who wait for records of one log to become durable. Thread-safe; nobody is told inside its lock.</summary>
internal sealed class DurabilityWaiters
{
    private readonly Lock _lock = new();
    private readonly List<DurabilityWaiter> _waiting = [];
    private readonly Stack<DurabilityWaiter> _pool = [];
    private long _durable;
    private Exception? _failure;

    /// <summary>Waits until <see cref="Advance"/> has reached the offset.</summary>
    public ValueTask WaitAsync(long endOffset, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        DurabilityWaiter waiter;
        ValueTask task;
        lock (_lock)
        {
            if (endOffset <= _durable)
            {
                return ValueTask.CompletedTask;
            }

            if (_failure is not null)
            {
                return ValueTask.FromException(_failure);
            }

            if (!_pool.TryPop(out waiter!))
            {
                waiter = new(this);
            }

            task = waiter.Begin(endOffset);
            _waiting.Add(waiter);
            if (cancellationToken.CanBeCanceled)
            {
                // Inside the lock, so that nobody completes it before it watches: a callback that runs at once waits for nothing here,
                // because a thread may enter its own lock again.
                waiter.Watch(cancellationToken);
            }
        }

        return task;
    }

    /// <summary>Tells all who wait for offsets up to this one.</summary>
    public void Advance(long durable)
    {
        List<DurabilityWaiter>? due = null;
        lock (_lock)
        {
            _durable = Math.Max(_durable, durable);
            for (var index = _waiting.Count - 1; index >= 0; index--)
            {
                if (_waiting[index].EndOffset <= _durable)
                {
                    (due ??= []).Add(_waiting[index]);
                    _waiting[index] = _waiting[^1];
                    _waiting.RemoveAt(_waiting.Count - 1);
                }
            }
        }

        Tell(due, null);
    }

    /// <summary>Tells all, and everybody who comes later, that it will never be.</summary>
    public void Fail(Exception failure)
    {
        List<DurabilityWaiter> due;
        lock (_lock)
        {
            _failure = failure;
            due = [.. _waiting];
            _waiting.Clear();
        }

        Tell(due, failure);
    }

    /// <summary>Takes a waiter out; <see langword="false"/> where somebody has it already.</summary>
    internal bool Remove(DurabilityWaiter waiter)
    {
        lock (_lock)
        {
            return _waiting.Remove(waiter);
        }
    }

    /// <summary>Takes a waiter back whose result was taken.</summary>
    internal void Return(DurabilityWaiter waiter)
    {
        lock (_lock)
        {
            if (_pool.Count < FlushLimits.PooledWaitersMax)
            {
                _pool.Push(waiter);
            }
        }
    }

    private static void Tell(List<DurabilityWaiter>? due, Exception? error)
    {
        if (due is null)
        {
            return;
        }

        foreach (var waiter in due)
        {
            waiter.Complete(error);
        }
    }
}
