using System.Threading.Tasks.Sources;

namespace Streams.Storage.Flushing;

/// <summary>One wait for an offset to become durable, reused after its result was taken. Belongs to its <see cref="DurabilityWaiters"/>.</summary>
internal sealed class DurabilityWaiter(DurabilityWaiters owner) : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;

    /// <summary>Gets what is waited for: everything below it.</summary>
    public long EndOffset { get; private set; }

    /// <summary>Makes it ready; called before it is in the list.</summary>
    public ValueTask Begin(long endOffset)
    {
        _core.Reset();
        EndOffset = endOffset;
        return new(this, _core.Version);
    }

    /// <summary>Watches a token; called after it is in the list, outside the lock.</summary>
    public void Watch(CancellationToken cancellationToken)
        => _cancellation = cancellationToken.UnsafeRegister(
            static (state, token) => ((DurabilityWaiter)state!).Cancel(token), this);

    /// <summary>Ends the wait; the caller has taken it out of the list, outside the lock.</summary>
    public void Complete(Exception? error)
    {
        // Waits for a callback that is running, which finds nothing in the list: afterwards nothing of this wait is left.
        _cancellation.Dispose();
        _cancellation = default;
        if (error is null)
        {
            _core.SetResult(true);
        }
        else
        {
            _core.SetException(error);
        }
    }

    /// <inheritdoc />
    public void GetResult(short token)
    {
        try
        {
            _core.GetResult(token);
        }
        finally
        {
            owner.Return(this);
        }
    }

    /// <inheritdoc />
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc />
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _core.OnCompleted(continuation, state, token, flags);

    private void Cancel(CancellationToken token)
    {
        if (owner.Remove(this))
        {
            _core.SetException(new OperationCanceledException(token));
        }
    }
}
