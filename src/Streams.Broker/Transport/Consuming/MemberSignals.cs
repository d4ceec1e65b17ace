using Streams.Broker.Groups.Requests;

namespace Streams.Broker.Transport.Consuming;

/// <summary>
/// What others tell the membership loop: join again, or you are out. What is said about a state that the member is no longer in is dropped:
/// the join that ended it has answered that. Of several only the gravest counts; it is taken once. Thread-safe.
/// </summary>
internal sealed class MemberSignals
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _arrived = New();
    private CancellationTokenSource? _patience;
    private MemberState? _subject;
    private string? _rejoinReason;
    private GroupError _loss;

    /// <summary>Begins to listen to what is said about a state, and forgets what was said about the one before.</summary>
    /// <param name="subject">The state; <see langword="null"/> while a join speaks for the member.</param>
    public void ListenFor(MemberState? subject)
    {
        lock (_gate)
        {
            _subject = subject;
            Forget();
        }
    }

    /// <summary>Asks for a rebalance.</summary>
    /// <param name="subject">The state in which that was found out.</param>
    /// <param name="reason">Why.</param>
    public void Rejoin(MemberState subject, string reason)
    {
        lock (_gate)
        {
            if (subject == _subject)
            {
                _rejoinReason ??= reason;
                _arrived.TrySetResult();
            }
        }
    }

    /// <summary>Says that the membership is over.</summary>
    /// <param name="subject">The state that was refused.</param>
    /// <param name="error">The coordinator's answer.</param>
    public void Lose(MemberState subject, GroupError error)
    {
        CancellationTokenSource? patience;
        lock (_gate)
        {
            if (subject != _subject)
            {
                return;
            }

            _loss = _loss == GroupError.None || error == GroupError.FencedInstanceId ? error : _loss;
            _arrived.TrySetResult();
            patience = _patience;
            _patience = null;
        }

        try
        {
            // Outside the gate: it runs what others registered.
            patience?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The revocation ended by itself in this very moment; it looks for the loss before it says so.
        }
    }

    /// <summary>Takes what was said.</summary>
    /// <returns>The loss, or None; and why to join again, or <see langword="null"/>.</returns>
    public (GroupError Loss, string? RejoinReason) Take()
    {
        lock (_gate)
        {
            var said = (_loss, _rejoinReason);
            Forget();
            return said;
        }
    }

    /// <summary>Waits until something is said.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _arrived.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Cancels a source when the membership is over.</summary>
    /// <param name="patience">The source; <see langword="null"/> forgets the one before.</param>
    /// <returns>Whether it is over already.</returns>
    public bool CancelOnLoss(CancellationTokenSource? patience)
    {
        lock (_gate)
        {
            _patience = patience;
            return _loss != GroupError.None;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Forget()
    {
        _loss = GroupError.None;
        _rejoinReason = null;
        if (_arrived.Task.IsCompleted)
        {
            _arrived = New();
        }
    }
}
