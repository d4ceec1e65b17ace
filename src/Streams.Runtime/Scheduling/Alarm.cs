namespace Streams.Runtime.Scheduling;

/// <summary>
/// A timer of an event loop: one event after a delay. Used inside the loop's events only; an alarm set again or put off does not ring for
/// what it was set for before, even when the timer had fired already.
/// </summary>
internal sealed class Alarm : IDisposable
{
    private readonly EventLoop _loop;
    private readonly Action _rings;
    private readonly ITimer _timer;
    private long _set;
    private long _armed;

    /// <summary>Initializes a new instance of the <see cref="Alarm"/> class.</summary>
    public Alarm(EventLoop loop, TimeProvider time, Action rings)
    {
        _loop = loop;
        _rings = rings;
        _timer = time.CreateTimer(static state => ((Alarm)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Gets a value indicating whether the alarm will ring.</summary>
    public bool IsSet => _armed != 0;

    /// <summary>Rings once after the delay; an earlier setting is forgotten.</summary>
    public void Set(TimeSpan delay)
    {
        _armed = ++_set;
        _timer.Change(delay < TimeSpan.Zero ? TimeSpan.Zero : delay, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Does not ring.</summary>
    public void PutOff()
    {
        _armed = 0;
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _armed = 0;
        _timer.Dispose();
    }

    private void Fire()
    {
        // Read on the timer's thread: at worst an older number, and then the event finds another one armed and stays silent.
        var fired = Volatile.Read(ref _set);
        _loop.Post(() => Ring(fired));
    }

    private void Ring(long fired)
    {
        if (_armed == fired && fired != 0)
        {
            _armed = 0;
            _rings();
        }
    }
}
