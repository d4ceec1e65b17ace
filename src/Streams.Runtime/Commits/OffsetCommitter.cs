using Microsoft.Extensions.Logging;
using Streams.Runtime.Scheduling;
using Streams.Transport;

namespace Streams.Runtime.Commits;

/// <summary>
/// Commits the watermarks of a member's leases: one request at a time for all that is dirty, so a newer value is never overwritten by an
/// older one and values that pile up meanwhile become one. Owned by the group's event loop: every call happens inside its events.
/// </summary>
internal sealed class OffsetCommitter : IDisposable
{
    private readonly CommitSettings _settings;
    private readonly EventLoop _loop;
    private readonly ICommitObserver _observer;
    private readonly Func<IReadOnlyList<OffsetCommit>, CancellationToken, ValueTask> _send;
    private readonly TimeProvider _time;
    private readonly Random _chance;
    private readonly ILogger _logger;
    private readonly Alarm _backoff;
    private readonly Dictionary<ICommitSource, CommitEntry> _entries = [];
    private readonly List<CommitWaiter> _waiters = [];
    private readonly CancellationTokenSource _closed = new();
    private bool _due;
    private bool _isSending;
    private long _round;
    private int _attempt;

    /// <summary>Initializes a new instance of the <see cref="OffsetCommitter"/> class.</summary>
    public OffsetCommitter(
        CommitSettings settings,
        (EventLoop Loop, TimeProvider Time, Random Chance) environment,
        Func<IReadOnlyList<OffsetCommit>, CancellationToken, ValueTask> send,
        ICommitObserver observer,
        ILogger logger)
    {
        _settings = settings;
        (_loop, _time, _chance) = environment;
        _send = send;
        _observer = observer;
        _logger = logger;
        _backoff = new(_loop, _time, Retry);
    }

    /// <summary>Begins to look after a lease.</summary>
    /// <param name="source">The lease's source.</param>
    /// <param name="committed">What is committed, or <see langword="null"/>.</param>
    public void Add(ICommitSource source, long? committed)
        => _entries.Add(source, new() { Committed = committed, Floor = committed ?? source.Watermark });

    /// <summary>Fences a lease: it never commits again, and who waits for it hears that it is lost.</summary>
    public void Remove(ICommitSource source)
    {
        if (_entries.Remove(source))
        {
            Answer(waiter => ReferenceEquals(waiter.Source, source), CommitAnswers.LeaseLost(source.Lease));
        }
    }

    /// <summary>Lets a source take another's place in its lease, after a seek or a resume: what is committed stays known.</summary>
    public void Replace(ICommitSource source, ICommitSource successor)
    {
        if (_entries.Remove(source, out var entry))
        {
            _entries.Add(successor, entry);
            Answer(waiter => ReferenceEquals(waiter.Source, source), CommitAnswers.LeaseLost(source.Lease));
        }
    }

    /// <summary>Returns what is committed for a lease.</summary>
    public long? CommittedOf(ICommitSource source) => _entries.TryGetValue(source, out var entry) ? entry.Committed : null;

    /// <summary>Returns whether a lease has something to commit.</summary>
    public bool IsDirty(ICommitSource source)
        => _entries.TryGetValue(source, out var entry) && (entry.Exact is not null || source.Watermark != entry.Floor);

    /// <summary>Commits all that is dirty, without waiting.</summary>
    public void Commit()
    {
        _due = true;
        TrySend();
    }

    /// <summary>Commits all that is dirty and says when what this source had completed before the call is committed. Retriable errors are
    /// retried until then; the answer carries an error when the lease is lost or the group stops.</summary>
    public void Commit(ICommitSource source, Action<StreamsException?> answered)
    {
        if (!_entries.ContainsKey(source))
        {
            answered(CommitAnswers.LeaseLost(source.Lease));
            return;
        }

        _waiters.Add(new(source, _round + 1, answered));
        Commit();
    }

    /// <summary>Commits an offset of the source whatever its watermark is, also backwards.</summary>
    public void CommitExactly(ICommitSource source, long offset, Action<StreamsException?> answered)
    {
        if (_entries.TryGetValue(source, out var entry))
        {
            entry.Exact = offset;
        }

        Commit(source, answered);
    }

    /// <summary>Goes on after the observer took results.</summary>
    public void Continue() => TrySend();

    /// <inheritdoc />
    public void Dispose()
    {
        _backoff.Dispose();
        _closed.Cancel();
    }

    private void Retry()
    {
        _due = true;
        TrySend();
    }

    private void TrySend()
    {
        if (_isSending || !_due || _backoff.IsSet || (_waiters.Count == 0 && !_observer.TakesResults))
        {
            return;
        }

        _due = false;
        _round++;
        var offsets = Collect();
        if (offsets.Count == 0)
        {
            AnswerRound(_round, null);
            return;
        }

        _isSending = true;
        _ = SendAsync(offsets, _round);
    }

    private List<OffsetCommit> Collect()
    {
        var offsets = new List<OffsetCommit>(_entries.Count);
        foreach (var (source, entry) in _entries)
        {
            if (entry.Exact is { } exact)
            {
                offsets.Add(new(source.Lease, exact));
                continue;
            }

            var watermark = source.TakeWatermark();
            if (watermark == entry.Floor)
            {
                continue;
            }

            Invariant.Holds(watermark <= source.Position, "Nothing that was not handed out is ever committed.");
            Invariant.Holds(watermark > entry.Floor, "Within one lease the committed offset never goes back.");
            offsets.Add(new(source.Lease, watermark));
        }

        return offsets;
    }

    // Started inside an event, answers with another: the only place where a commit waits.
    private async Task SendAsync(List<OffsetCommit> offsets, long round)
    {
        StreamsException? error = null;
        using var timeout = new CancellationTokenSource(CommitDefaults.AttemptTimeout, _time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _closed.Token);
        try
        {
            await _send(offsets, ended.Token).ConfigureAwait(false);
        }
        catch (StreamsException refused)
        {
            error = refused;
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            error = new($"The coordinator of group '{_settings.GroupId}' did not answer a commit within {CommitDefaults.AttemptTimeout}.")
            {
                Code = StreamsErrorCode.Timeout,
            };
        }
#pragma warning disable CA1031 // A transport's bug stops the group through the commit table, like every unknown answer.
        catch (Exception unknown)
#pragma warning restore CA1031
        {
            error = new($"Committing offsets of group '{_settings.GroupId}' failed in an unexpected way: {unknown.Message}", unknown);
        }

        _loop.Post(() => Answered(offsets, round, error));
    }

    private void Answered(List<OffsetCommit> offsets, long round, StreamsException? error)
    {
        _isSending = false;
        if (error is not null)
        {
            Failed(offsets, error);
            return;
        }

        _attempt = 0;
        foreach (var (source, entry) in _entries)
        {
            foreach (var sent in offsets)
            {
                if (ReferenceEquals(sent.Lease, source.Lease))
                {
                    Settle(entry, sent.Offset, source);
                }
            }
        }

        _observer.OnCommitted(offsets, null);
        AnswerRound(round, null);
        TrySend();
    }

    private static void Settle(CommitEntry entry, long offset, ICommitSource source)
    {
        if (entry.Exact == offset)
        {
            entry.Exact = null;
        }
        else if (entry.Exact is not null || offset > source.Watermark)
        {
            return;   // sent for the source this one has replaced in its lease; the exact offset follows
        }

        entry.Committed = offset;
        entry.Floor = offset;
    }

    private void Failed(List<OffsetCommit> offsets, StreamsException error)
    {
        switch (CommitAnswers.Of(error))
        {
            case CommitAnswer.Retry when _waiters.Count > 0 || _attempt < CommitDefaults.RetriesUnwaited:
                var delay = Delay(_attempt++);
                LogRetry(delay, error);
                _backoff.Set(delay);
                break;
            case CommitAnswer.Retry:
                _attempt = 0;
                if (_due)
                {
                    // Newer values came meanwhile, and whoever asked for them asks only once: they are the next trigger.
                    _backoff.Set(CommitDefaults.BackoffMax);
                }

                CommitLog.CommitLeft(_logger, _settings.GroupId, CommitDefaults.RetriesUnwaited, error.Message);
                _observer.OnCommitted(offsets, error);
                break;
            case CommitAnswer.Fenced when !offsets.Exists(IsHeld):
                // All its leases have ended since it was sent: it says nothing about the leases of now.
                _attempt = 0;
                _observer.OnCommitted(offsets, error);
                TrySend();
                break;
            case CommitAnswer.Fenced:
                _attempt = 0;
                CommitLog.CommitFenced(_logger, _settings.GroupId, error.Code, error.Message);
                _observer.OnCommitted(offsets, error);
                _observer.OnFenced(error);
                break;
            default:
                CommitLog.CommitFatal(_logger, _settings.GroupId, error.Code, error);
                _observer.OnCommitted(offsets, error);
                Answer(static _ => true, error);
                _observer.OnCommitFatal(error);
                break;
        }
    }

    private bool IsHeld(OffsetCommit sent) => _entries.Keys.Any(source => ReferenceEquals(source.Lease, sent.Lease));

    // Somebody may wait for ever: the log says so once the usual retries are over, and from time to time after that.
    private void LogRetry(TimeSpan delay, StreamsException error)
    {
        if (_attempt % 30 == CommitDefaults.RetriesUnwaited + 1)
        {
            CommitLog.CommitStillRetried(_logger, _settings.GroupId, _attempt, error.Message);
        }
        else
        {
            CommitLog.CommitRetried(_logger, _settings.GroupId, _attempt, delay, error.Message);
        }
    }

    // Exponential with full jitter over the upper half, so that members which failed together do not come back together.
    private TimeSpan Delay(int attempt)
    {
        var longest = Math.Min(CommitDefaults.BackoffMax.TotalMilliseconds, CommitDefaults.BackoffMin.TotalMilliseconds * Math.Pow(2,
            Math.Min(attempt, 10)));
        return TimeSpan.FromMilliseconds(longest * (0.5 + (_chance.NextDouble() / 2)));
    }

    private void AnswerRound(long round, StreamsException? error) => Answer(waiter => waiter.Round <= round, error);

    private void Answer(Predicate<CommitWaiter> whom, StreamsException? error)
    {
        var answered = _waiters.FindAll(whom);
        if (answered.Count > 0)
        {
            _waiters.RemoveAll(whom);
            answered.ForEach(waiter => waiter.Answered(error));
        }
    }
}
