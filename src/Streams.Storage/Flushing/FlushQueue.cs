namespace Streams.Storage.Flushing;

/// <summary>
/// The threads that sync files, so that no append and no thread of the pool waits for the disk. A log stands in the queue once at most; all that
/// is written until its turn goes with one sync. Threads start when they are needed. Thread-safe.
/// </summary>
internal sealed class FlushQueue : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<IFlushable> _queue = [];
    private readonly List<Thread> _threads = [];
    private readonly SemaphoreSlim _available = new(0);
    private int _idle;
    private bool _disposed;

    /// <summary>Puts something at the end of the queue.</summary>
    public void Enqueue(IFlushable target)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _queue.Enqueue(target);
            if (_queue.Count > _idle && _threads.Count < FlushLimits.ThreadsMax)
            {
                var thread = new Thread(Run) { IsBackground = true, Name = $"Streams flusher {_threads.Count + 1}" };
                _threads.Add(thread);
                thread.Start();
            }
        }

        _available.Release();
    }

    /// <summary>Finishes what stands in the queue and ends the threads.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        _available.Release(_threads.Count + 1);
        foreach (var thread in _threads)
        {
            thread.Join();
        }

        _available.Dispose();
    }

    private void Run()
    {
        while (TryTake(out var target))
        {
            target.Flush();
        }
    }

    private bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IFlushable? target)
    {
        while (true)
        {
            Interlocked.Increment(ref _idle);
            _available.Wait();
            Interlocked.Decrement(ref _idle);
            lock (_lock)
            {
                if (_queue.TryDequeue(out target))
                {
                    return true;
                }

                if (_disposed)
                {
                    return false;
                }
            }
        }
    }
}
