using Streams.Runtime.Processing;
using Streams.Runtime.Scheduling;
using Streams.Transport;

namespace Streams.Runtime.Groups;

/// <content>Giving up in order: revocation, stop, and the handover from one worker to the next within a lease.</content>
internal sealed partial class GroupLoop
{
    private readonly List<Departure> _departures = [];
    private readonly List<Completion> _stopped = [];

    /// <inheritdoc />
    ValueTask IConsumerListener.OnRevokingAsync(IReadOnlyList<Lease> leases, CancellationToken cancellationToken)
    {
        var answer = new Completion(_environment.Scheduler);
        _loop.Post(() => Revoke(Held(leases), answer));
        return new(WaitAsync());

        async Task WaitAsync()
        {
            var giveUp = cancellationToken.UnsafeRegister(_ => _loop.Post(() => GiveUpWaiting(Held(leases), answer)), null);
            await using (giveUp.ConfigureAwait(false))
            {
                await answer.Task.ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc />
    void IDepartureHost.FlushProducers(Action done) => _ = FlushProducersAsync(done);

    /// <inheritdoc />
    void IDepartureHost.OnDeparted(Departure departure)
    {
        _departures.Remove(departure);
        var entries = departure.Entries;
        entries.ForEach(Forget);
        ResizeSlots();
        UpdateHealth();
        if (entries.Count > 0)
        {
            GroupLog.GivenUp(_logger, _definition.GroupId, Names(entries));
        }

        var partitions = Announced(entries);
        if (partitions.Length == 0)
        {
            departure.Answers.ForEach(answer => answer());
            return;
        }

        _callbacks.Enqueue(
            HandlerCallbacks.Revoked,
            (dispatcher, handler) => dispatcher.OnPartitionsRevoked(handler, partitions),
            () => departure.Answers.ForEach(answer => answer()));
    }

    /// <summary>Stops the group; completes when it has left.</summary>
    public async Task StopAsync(TimeSpan drain, CancellationToken cancellationToken)
    {
        var stopped = new Completion(_environment.Scheduler);
        _loop.Post(() => Stop(drain, stopped));
        var hurry = cancellationToken.UnsafeRegister(_ => _loop.Post(() => _departures.ForEach(departure => departure.Hurry())), null);
        await using (hurry.ConfigureAwait(false))
        {
            await stopped.Task.ConfigureAwait(false);
        }
    }

    private void Revoke(List<LeaseEntry> entries, Completion answer)
    {
        var left = 1;
        foreach (var running in _departures.Where(departure => departure.Entries.Intersect(entries).Any()))
        {
            left++;
            running.Answers.Add(Answered);
        }

        var remaining = entries.FindAll(entry => entry.State != LeaseState.Leaving);
        if (remaining.Count > 0)
        {
            left++;
            Depart(remaining, RevocationDrain(), flushes: false, Answered);
        }

        Answered();

        void Answered()
        {
            if (--left == 0)
            {
                answer.Set();
            }
        }
    }

    // The rebalance went on without the answer: what was not given up by now is lost.
    private void GiveUpWaiting(List<LeaseEntry> entries, Completion answer)
    {
        Lost(entries);
        answer.Set();
    }

    private TimeSpan RevocationDrain()
    {
        var half = _definition.RebalanceTimeout / 2;
        return _definition.RevocationDrain < half ? _definition.RevocationDrain : half;
    }

    private void Depart(List<LeaseEntry> entries, TimeSpan drain, bool flushes, Action answer)
    {
        var departure = new Departure(_definition, entries, this, _loop, _environment.Time, _logger);
        departure.Answers.Add(answer);
        _departures.Add(departure);
        foreach (var entry in entries.Where(entry => entry.Worker is not null))
        {
            _consumer!.CancelRequest(entry.Lease);
        }

        departure.Begin(drain, flushes);
    }

    private void Stop(TimeSpan drain, Completion stopped)
    {
        if (_state is GroupState.Created or GroupState.Stopped or GroupState.Failed)
        {
            _state = _state == GroupState.Failed ? GroupState.Failed : GroupState.Stopped;
            _aftermath.WhenOver(() => stopped.Set());
            return;
        }

        _stopped.Add(stopped);
        if (_state == GroupState.Stopping)
        {
            return;
        }

        _state = GroupState.Stopping;
        var left = 2 + _departures.Count;
        _departures.ForEach(departure => departure.Answers.Add(Answered));
        _aftermath.WhenOver(Answered);
        var remaining = _entries.Values.Where(entry => entry.State != LeaseState.Leaving).ToList();
        if (remaining.Count > 0)
        {
            left++;
            Depart(remaining, drain, flushes: true, Answered);
        }

        Answered();

        void Answered()
        {
            if (--left == 0)
            {
                _ = LeaveAsync(Left);
            }
        }
    }

    private void Left()
    {
        _state = _state == GroupState.Failed ? GroupState.Failed : GroupState.Stopped;
        FailCaughtUp(Closed());
        _stopped.ForEach(stopped => stopped.Set());
    }

    private async Task FlushProducersAsync(Action done)
    {
        try
        {
            await _plan.FlushProducers(_ended.Token).ConfigureAwait(false);
        }
        catch (Exception thrown) when (thrown is StreamsException or OperationCanceledException)
        {
            // What a handler awaited is acknowledged or has failed its record; this flush is for what it only queued.
            GroupLog.FlushFailed(_logger, _definition.GroupId, thrown.Message);
        }

        _loop.Post(done);
    }

    private async Task LeaveAsync(Action left)
    {
        try
        {
            if (_consumer is { } consumer)
            {
                using var timeout = new CancellationTokenSource(GroupLimits.FinalCommitMax, _environment.Time);
                await consumer.LeaveAsync(timeout.Token).ConfigureAwait(false);
                await consumer.DisposeAsync().ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // The group ends in any case; the coordinator finds out when the session times out.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            GroupLog.LeaveFailed(_logger, _definition.GroupId, thrown.Message);
        }

        _loop.Post(left);
    }

    private void WorkerDrained(PartitionWorker worker)
    {
        _aftermath.Remove(worker);
        HandlersEnded(worker);
    }

    private void LeftBehind(PartitionWorker worker)
    {
        GroupLog.HandlersLeft(_logger, _definition.GroupId, worker.Lease.Partition.ToString(), GroupLimits.CancelGrace);
        HandlersEnded(worker);
    }

    // Nobody waits for handlers of this worker any more.
    private void HandlersEnded(PartitionWorker worker)
    {
        if (_entries.GetValueOrDefault(worker.Lease.Partition) is not { } entry)
        {
            return;
        }

        if (entry.State == LeaseState.Leaving)
        {
            entry.Draining.Remove(worker);
            _departures.ToList().ForEach(departure => departure.OnDrained(worker));
        }
        else if (entry.Draining.Remove(worker))
        {
            TryBegin(entry);
        }
        else if (entry.IsResuming && ReferenceEquals(entry.Worker, worker))
        {
            BeginAtWatermark(entry, worker);
        }
    }

    // The handlers of an epoch before got the time of a revocation; then they are cancelled, and a moment later nobody waits for them.
    private void HandoverAlarm(LeaseEntry entry)
    {
        var old = entry.Draining.Append(entry.IsResuming ? entry.Worker : null).OfType<PartitionWorker>().ToArray();
        if (!entry.IsCancelled)
        {
            entry.IsCancelled = true;
            Array.ForEach(old, worker => worker.CancelHandlers());
            entry.Alarm!.Set(GroupLimits.CancelGrace);
            return;
        }

        GroupLog.HandlersLeft(_logger, _definition.GroupId, entry.Partition.ToString(), GroupLimits.CancelGrace);
        Array.ForEach(old, worker => worker.Abandon());
        entry.Draining.Clear();
        if (entry.IsResuming)
        {
            BeginAtWatermark(entry, entry.Worker!);
        }
        else
        {
            TryBegin(entry);
        }
    }

    private void AwaitHandover(LeaseEntry entry)
    {
        entry.IsCancelled = false;
        entry.Alarm!.Set(RevocationDrain());
    }
}
