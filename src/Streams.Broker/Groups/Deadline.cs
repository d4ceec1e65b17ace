namespace Streams.Broker.Groups;

/// <summary>
/// A time limit that is moved far more often than it is reached (every heartbeat and commit moves one): moving it later touches no timer,
/// which then finds out by itself that it came early. Belongs to the owner of a <see cref="SerialQueue"/>.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private readonly TimeProvider _time;
    private readonly SerialQueue _queue;
    private readonly Action _expired;
    private readonly Action _fired;
    private ITimer? _timer;
    private long _due;
    private long _timerDue;
    private bool _isSet;

    /// <summary>Initializes a new instance of the <see cref="Deadline"/> class.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="queue">Where the event runs.</param>
    /// <param name="expired">The event.</param>
    public Deadline(TimeProvider time, SerialQueue queue, Action expired)
    {
        _time = time;
        _queue = queue;
        _expired = expired;
        _fired = OnFired;
    }

    /// <summary>Sets or moves the limit.</summary>
    /// <param name="after">How far from now.</param>
    public void Set(TimeSpan after)
    {
        _due = _time.GetTimestamp() + (long)(after.TotalSeconds * _time.TimestampFrequency);
        if (!_isSet || _due < _timerDue)
        {
            _isSet = true;
            StartTimer(after);
        }
    }

    /// <summary>Takes the limit away.</summary>
    public void Cancel()
    {
        if (_isSet)
        {
            _isSet = false;
            _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _isSet = false;
        _timer?.Dispose();
    }

    private void StartTimer(TimeSpan after)
    {
        _timerDue = _due;
        if (_timer is not null)
        {
            _timer.Change(after, Timeout.InfiniteTimeSpan);
            return;
        }

        // A deadline outlives the request that made it: nothing of that request's context may travel with it.
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
        {
            _timer = _time.CreateTimer(
                static state =>
                {
                    var deadline = (Deadline)state!;
                    deadline._queue.Post(deadline._fired);
                },
                this,
                after,
                Timeout.InfiniteTimeSpan);
        }
    }

    private void OnFired()
    {
        if (!_isSet)
        {
            return;
        }

        var left = _due - _time.GetTimestamp();
        if (left > 0)
        {
            // Rounded up, or the timer would fire once more just before its time.
            StartTimer(TimeSpan.FromMilliseconds(Math.Ceiling(left * 1000.0 / _time.TimestampFrequency)));
            return;
        }

        _isSet = false;
        _expired();
    }
}
