using System.Collections.Concurrent;

namespace Streams.Broker.Groups;

/// <summary>
/// Runs events one after the other: whoever posts to an idle queue runs it until it is empty, everybody else returns at once. What an
/// event posts runs after it, so the owner of the state never meets itself. Thread-safe; no thread is held while nothing happens.
/// </summary>
/// <param name="failed">Takes what an event throws: a bug.</param>
internal sealed class SerialQueue(Action<Exception> failed)
{
    private readonly ConcurrentQueue<Action> _events = new();
    private int _count;

    /// <summary>Gets how many events wait or run.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Runs an event now, or after those that were posted before.</summary>
    /// <param name="run">The event; it does not wait for anything.</param>
    public void Post(Action run)
    {
        _events.Enqueue(run);
        if (Interlocked.Increment(ref _count) == 1)
        {
            Drain();
        }
    }

    private void Drain()
    {
        do
        {
            var found = _events.TryDequeue(out var run);
            Invariant.Holds(found, "An event is queued before it is counted.");
            try
            {
                run!();
            }
#pragma warning disable CA1031 // The queue must go on, or every later request would wait for ever.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failed(exception);
            }
        }
        while (Interlocked.Decrement(ref _count) != 0);
    }
}
