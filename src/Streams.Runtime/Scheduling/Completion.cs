namespace Streams.Runtime.Scheduling;

/// <summary>
/// A task that is completed from inside an event: what waits for it goes on as a work item of its own, never inside the event.
/// Thread-safe; the first answer counts.
/// </summary>
internal sealed class Completion(IWorkScheduler scheduler) : IThreadPoolWorkItem
{
    private readonly TaskCompletionSource _source = new();
    private Exception? _error;
    private int _answered;

    /// <summary>Gets what is waited for.</summary>
    public Task Task => _source.Task;

    /// <summary>Completes the task, or fails it.</summary>
    /// <param name="error">Why it fails, or <see langword="null"/>.</param>
    public void Set(Exception? error = null)
    {
        if (Interlocked.Exchange(ref _answered, 1) == 0)
        {
            _error = error;
            scheduler.Schedule(this);
        }
    }

    /// <inheritdoc />
    public void Execute()
    {
        if (_error is null)
        {
            _source.SetResult();
        }
        else
        {
            _source.SetException(_error);
        }
    }
}
