using System.Collections.Concurrent;

namespace Streams.Runtime.Scheduling;

/// <summary>
/// Events of one owner, one at a time and in order: whatever they touch needs no lock. An event never waits; what takes time is started
/// and answers with another event. Posting is thread-safe. The queue is bounded by its users: each keeps at most a few events in it.
/// </summary>
internal sealed class EventLoop : IThreadPoolWorkItem
{
    private readonly IWorkScheduler _scheduler;
    private readonly Action<Exception> _onBug;
    private readonly ConcurrentQueue<Action> _events = new();
    private int _scheduled;

    /// <summary>Initializes a new instance of the <see cref="EventLoop"/> class.</summary>
    /// <param name="scheduler">Runs the loop whenever there are events.</param>
    /// <param name="onBug">Told what an event threw; events are not meant to throw.</param>
    public EventLoop(IWorkScheduler scheduler, Action<Exception> onBug)
    {
        _scheduler = scheduler;
        _onBug = onBug;
    }

    /// <summary>Queues an event.</summary>
    public void Post(Action transition)
    {
        _events.Enqueue(transition);
        if (Interlocked.Exchange(ref _scheduled, 1) == 0)
        {
            _scheduler.Schedule(this);
        }
    }

    /// <inheritdoc />
    public void Execute()
    {
        while (_events.TryDequeue(out var transition))
        {
            Run(transition);
        }

        // An event posted between the last look and this line found the loop scheduled and relied on it: look again.
        Interlocked.Exchange(ref _scheduled, 0);
        if (!_events.IsEmpty && Interlocked.Exchange(ref _scheduled, 1) == 0)
        {
            _scheduler.Schedule(this);
        }
    }

    private void Run(Action transition)
    {
        try
        {
            transition();
        }
#pragma warning disable CA1031 // The owner of the loop decides what a bug stops.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            _onBug(bug);
        }
    }
}
