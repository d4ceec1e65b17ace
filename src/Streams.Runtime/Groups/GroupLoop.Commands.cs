using Streams.Runtime.Processing;
using Streams.Runtime.Scheduling;
using Streams.Transport;

namespace Streams.Runtime.Groups;

/// <content>What callers ask for: start, pause, resume, seek, views, and being told when everything is handled.</content>
internal sealed partial class GroupLoop
{
    private readonly List<(IReadOnlyDictionary<TopicPartition, long> Ends, Completion Answer)> _caughtUp = [];

    /// <summary>Makes singletons and begins to join.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var target in _plan.Targets)
        {
            target.Start();
        }

        await AskAsync(() =>
        {
            Invariant.Holds(_state == GroupState.Created, "A group is started once.");
            _consumer = _transport.CreateConsumer(_plan.Consumer, this);
            _state = GroupState.Running;
        }).ConfigureAwait(false);
        await _consumer!.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Pauses or resumes everything, partitions assigned later included.</summary>
    public Task SetPausedAsync(bool isPaused) => AskAsync(() =>
    {
        ThrowIfEnded();
        _isPaused = isPaused;
        if (!isPaused)
        {
            _paused.Clear();
        }

        foreach (var entry in _entries.Values)
        {
            SetPaused(entry, isPaused);
        }
    });

    /// <summary>Pauses or resumes one partition of this process.</summary>
    public async Task SetPausedAsync(TopicPartition partition, bool isPaused)
        => await OnPartitionAsync(partition, entry =>
        {
            if (isPaused)
            {
                _paused.Add(partition);
            }
            else
            {
                ResumeOne(partition);
            }

            SetPaused(entry, isPaused);
        }).ConfigureAwait(false);

    /// <summary>Goes to another place; completes when the target is committed.</summary>
    public async Task SeekAsync(TopicPartition partition, ReadFrom target, CancellationToken cancellationToken)
    {
        await OnPartitionAsync(partition, static _ => { }).ConfigureAwait(false);
        var offset = await _starts.ResolveAsync(partition, target, cancellationToken).ConfigureAwait(false);
        var committed = new Completion(_environment.Scheduler);
        await OnPartitionAsync(partition, entry =>
        {
            GroupLog.Sought(_logger, _definition.GroupId, partition, offset);
            GoTo(entry, offset, committed.Set);
        }).ConfigureAwait(false);
        await committed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns how this process stands: its member id and each of its partitions.</summary>
    public async Task<LocalView> ViewAsync()
    {
        LocalView? view = null;
        await AskAsync(() => view = new(_consumer?.MemberId ?? "", _failure, _entries.Values.ToDictionary(entry
            => entry.Partition, ViewOf)))
            .ConfigureAwait(false);
        return view!;
    }

    /// <summary>Completes at a commit after which this process has handled all it has up to the given ends, or when it has not for a while.</summary>
    public async Task WhenCommittedAsync(IReadOnlyDictionary<TopicPartition, long> ends, CancellationToken cancellationToken)
    {
        var answer = new Completion(_environment.Scheduler);
        using var recheck = new CancellationTokenSource(GroupLimits.RecheckInterval, _environment.Time);
        var giveUp = recheck.Token.UnsafeRegister(static state => ((Completion)state!).Set(), answer);
        await using (giveUp.ConfigureAwait(false))
        {
            await AskAsync(() =>
            {
                ThrowIfEnded();
                _caughtUp.Add((ends, answer));
                CommitWhatIsHandled(ends);
            }).ConfigureAwait(false);
            try
            {
                await answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _loop.Post(() => _caughtUp.RemoveAll(waiter => ReferenceEquals(waiter.Answer, answer)));
            }
        }
    }

    // Nobody has to wait for the interval of a commit policy once everything is handled.
    private void CommitWhatIsHandled(IReadOnlyDictionary<TopicPartition, long> ends)
    {
        if (_entries.Values.All(entry => entry.Worker is not { } worker || worker.Watermark >= ends.GetValueOrDefault(entry.Partition))
            && CommitSources().Any(Committer.IsDirty))
        {
            Committer.Commit();
        }
    }

    private void AnswerCaughtUp()
    {
        foreach (var (ends, answer) in _caughtUp)
        {
            if (_entries.Values.All(entry => entry.Worker is { } worker && !Committer.IsDirty(worker)
                && worker.Watermark >= ends.GetValueOrDefault(entry.Partition)))
            {
                answer.Set();
            }
        }
    }

    private void FailCaughtUp(StreamsException error) => _caughtUp.ForEach(waiter => waiter.Answer.Set(error));

    private void SetPaused(LeaseEntry entry, bool isPaused)
    {
        entry.Worker?.SetPaused(IsPaused(entry.Partition));
        if (!isPaused && entry.State == LeaseState.Stopped)
        {
            Resume(entry);
        }
    }

    // After a pause of everything, one partition goes on: the others stay paused, each by itself.
    private void ResumeOne(TopicPartition partition)
    {
        if (_isPaused)
        {
            _isPaused = false;
            _paused.UnionWith(_entries.Keys);
        }

        _paused.Remove(partition);
    }

    private void Resume(LeaseEntry entry)
    {
        entry.State = LeaseState.Starting;
        entry.Stopped = null;
        UpdateHealth();
        if (entry.Worker is not { } failed)
        {
            _ = LookUpAsync([entry]);
            return;
        }

        entry.IsResuming = true;
        AwaitHandover(entry);
        failed.Stop();
    }

    private void BeginAtWatermark(LeaseEntry entry, PartitionWorker failed)
    {
        entry.IsResuming = false;
        failed.Fence();
        var worker = MakeWorker(entry, failed.Watermark);
        Committer.Replace(failed, worker);
        entry.Worker = worker;
        TryBegin(entry);
    }

    private void GoTo(LeaseEntry entry, long offset, Action<StreamsException?> committed)
    {
        _consumer!.CancelRequest(entry.Lease);
        var old = entry.Worker;
        var worker = MakeWorker(entry, offset);
        entry.Worker = worker;
        entry.State = LeaseState.Starting;
        entry.Stopped = null;
        entry.IsResuming = false;
        entry.StartCommits++;
        if (old is null)
        {
            Committer.Add(worker, null);
        }
        else
        {
            entry.Draining.Add(old);
            Committer.Replace(old, worker);
            AwaitHandover(entry);
            old.Fence();
            old.Stop();
        }

        UpdateHealth();
        Committer.CommitExactly(worker, offset, error =>
        {
            entry.StartCommits--;
            committed(error);
            TryBegin(entry);
        });
    }

    private async Task OnPartitionAsync(TopicPartition partition, Action<LeaseEntry> command)
    {
        var isHere = false;
        await AskAsync(() =>
        {
            ThrowIfEnded();
            if (_entries.GetValueOrDefault(partition) is { State: not LeaseState.Leaving } entry)
            {
                isHere = true;
                command(entry);
            }
        }).ConfigureAwait(false);
        if (!isHere)
        {
            throw await NotHereAsync(partition).ConfigureAwait(false);
        }
    }

    private async Task<StreamsException> NotHereAsync(TopicPartition partition)
    {
        var assignment = await _transport.AssignmentAsync(_definition.GroupId, _ended.Token).ConfigureAwait(false);
        var owner = assignment.TryGetValue(partition, out var member) ? $"Member '{member}' has it" : "No member has it";
        return new($"Partition '{partition}' of group '{_definition.GroupId}' is not assigned to this process. {owner}. "
            + "Pause, resume and seek act on the partitions of the process they are called in.")
        {
            Code = StreamsErrorCode.LeaseLost,
        };
    }

    private PartitionView ViewOf(LeaseEntry entry)
        => new(entry.Worker?.View(), entry.Worker is { } worker ? Committer.CommittedOf(worker)
            : null, IsPaused(entry.Partition), entry.Stopped);

    // Runs something as an event and tells the caller what it threw: a refusal, not a bug.
    private async Task AskAsync(Action action)
    {
        var answer = new Completion(_environment.Scheduler);
        _loop.Post(() =>
        {
            StreamsException? refused = null;
            try
            {
                action();
            }
            catch (StreamsException thrown)
            {
                refused = thrown;
            }
            catch (Exception bug)
            {
                answer.Set(bug);
                throw;
            }

            answer.Set(refused);
        });
        await answer.Task.ConfigureAwait(false);
    }

    private void ThrowIfEnded()
    {
        if (_failure is not null)
        {
            throw new StreamsException($"Group '{_definition.GroupId}' has failed in this process: {_failure.Message}",
                _failure) { Code = _failure.Code };
        }

        if (_state != GroupState.Running)
        {
            throw Closed();
        }
    }

    private StreamsException Closed()
        => new($"Group '{_definition.GroupId}' does not run in this process: it was not started, or it has been stopped.")
        {
            Code = StreamsErrorCode.Closed,
        };
}
