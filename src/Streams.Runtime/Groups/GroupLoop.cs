using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Streams.Runtime.Commits;
using Streams.Runtime.Processing;
using Streams.Runtime.Scheduling;
using Streams.Transport;

namespace Streams.Runtime.Groups;

/// <summary>
/// The single owner of a group's state in this process: what the transport, the workers, timers and callers say becomes an event of one
/// loop, and no event waits. This part: assignment, loss, failure; the others: giving up in order, and what callers ask for.
/// </summary>
internal sealed partial class GroupLoop : IConsumerListener, IWorkerOwner, ICommitObserver, IDepartureHost, IDisposable
{
    private readonly GroupDefinition _definition;
    private readonly GroupEnvironment _environment;
    private readonly ITransport _transport;
    private readonly GroupWiring _plan;
    private readonly ILogger _logger;
    private readonly EventLoop _loop;
    private readonly GroupCallbacks _callbacks;
    private readonly StartPositions _starts;
    private readonly CommitSchedule _schedule;
    private readonly Aftermath _aftermath;
    private readonly Action _onDirty;
    private readonly Action _onDue;
    private readonly CancellationTokenSource _ended = new();
    private readonly Dictionary<TopicPartition, LeaseEntry> _entries = [];
    private readonly ConcurrentDictionary<Lease, PartitionWorker> _workers = new();
    private readonly HashSet<TopicPartition> _paused = [];
    private ITransportConsumer? _consumer;
    private GroupState _state;
    private bool _isPaused;
    private StreamsException? _failure;
    private volatile GroupHealth _health = GroupHealth.Healthy;

    /// <summary>Initializes a new instance of the <see cref="GroupLoop"/> class.</summary>
    public GroupLoop(GroupDefinition definition, GroupWiring plan, ITransport transport, GroupEnvironment environment, ILogger logger)
    {
        _definition = definition;
        _plan = plan;
        _transport = transport;
        _environment = environment;
        _logger = logger;
        _loop = new(environment.Scheduler, OnBug);
        _callbacks = new(definition.GroupId, plan.Targets, _loop, environment.Scheduler, logger);
        _starts = new(definition, transport);
        Committer = new(plan.Commits, (_loop, environment.Time, environment.Chance), SendCommitAsync, this, logger);
        _schedule = new(plan.Commits, _loop, environment.Time, Committer, CommitSources);
        _aftermath = new(_loop, environment.Time, LeftBehind);
        _onDirty = () => _schedule.OnDirty();
        _onDue = () => Committer.Commit();
    }

    /// <inheritdoc />
    public OffsetCommitter Committer { get; }

    /// <inheritdoc />
    public bool TakesResults => _callbacks.Pending < GroupLimits.CallbacksMax || !_callbacks.Wants(HandlerCallbacks.Committed);

    /// <summary>Gets how the group does.</summary>
    public GroupHealth Health => _health;

    /// <inheritdoc />
    void IConsumerListener.OnAssigned(IReadOnlyList<Lease> leases) => _loop.Post(() => Assigned(leases));

    /// <inheritdoc />
    void IConsumerListener.OnLost(IReadOnlyList<Lease> leases) => _loop.Post(() => Lost(Held(leases)));

    /// <inheritdoc />
    void IConsumerListener.OnBlock(Lease lease, long offset, RecordBlock block)
    {
        if (_workers.TryGetValue(lease, out var worker))
        {
            worker.Accept(offset, block);
        }
        else
        {
            block.Release();
        }
    }

    /// <inheritdoc />
    void IConsumerListener.OnFetchFailed(Lease lease, long offset, StreamsException error)
        => _loop.Post(() => FetchFailed(lease, offset, error));

    /// <inheritdoc />
    void IConsumerListener.OnFatal(StreamsException error) => _loop.Post(() => FailGroup(error));

    /// <inheritdoc />
    void IWorkerOwner.Request(PartitionWorker worker, long offset) => _consumer!.Request(worker.Lease, offset);

    /// <inheritdoc />
    void IWorkerOwner.OnDirty(PartitionWorker worker) => _loop.Post(_onDirty);

    /// <inheritdoc />
    void IWorkerOwner.OnCommitDue(PartitionWorker worker) => _loop.Post(_onDue);

    /// <inheritdoc />
    void IWorkerOwner.Commit(PartitionWorker worker, Action<StreamsException?> answered)
        => _loop.Post(() => Committer.Commit(worker, answered));

    /// <inheritdoc />
    void IWorkerOwner.OnFailed(PartitionWorker worker) => _loop.Post(() => WorkerFailed(worker));

    /// <inheritdoc />
    void IWorkerOwner.OnDrained(PartitionWorker worker) => _loop.Post(() => WorkerDrained(worker));

    /// <inheritdoc />
    void IWorkerOwner.OnBug(Exception bug) => _loop.Post(() => OnBug(bug));

    /// <inheritdoc />
    void ICommitObserver.OnCommitted(IReadOnlyList<OffsetCommit> offsets, StreamsException? error)
    {
        if (error is null)
        {
            AnswerCaughtUp();
        }
        else
        {
            _schedule.OnDirty();   // the value stays due, also when nothing completes any more
        }

        if (_callbacks.Wants(HandlerCallbacks.Committed))
        {
            var result = new CommitResult(offsets.ToDictionary(commit => commit.Lease.Partition, commit => commit.Offset), error);
            _callbacks.Enqueue(HandlerCallbacks.Committed, (dispatcher, handler)
                => dispatcher.OnCommitted(handler, result), Committer.Continue);
        }
    }

    /// <inheritdoc />
    void ICommitObserver.OnFenced(StreamsException error) => Lost([.. _entries.Values]);

    /// <inheritdoc />
    void ICommitObserver.OnCommitFatal(StreamsException error) => FailGroup(error);

    /// <summary>Lets go of timers, after the stop.</summary>
    public void Dispose()
    {
        _ended.Cancel();
        _schedule.Dispose();
        _aftermath.Dispose();
        Committer.Dispose();
    }

    private ValueTask SendCommitAsync(IReadOnlyList<OffsetCommit> offsets, CancellationToken cancellationToken)
        => _consumer!.CommitAsync(offsets, cancellationToken);

    private IEnumerable<ICommitSource> CommitSources()
        => _entries.Values.Select(entry => entry.Worker).OfType<ICommitSource>();

    private void Assigned(IReadOnlyList<Lease> leases)
    {
        if (_state != GroupState.Running)
        {
            return;
        }

        // A partition that comes again without a word about its end: the old lease is over in any case.
        Lost([.. leases.Select(lease => _entries.GetValueOrDefault(lease.Partition)).OfType<LeaseEntry>()]);
        var entries = leases.Select(lease => new LeaseEntry(lease)).ToList();
        foreach (var entry in entries)
        {
            _entries[entry.Partition] = entry;
            entry.Alarm = new(_loop, _environment.Time, () => HandoverAlarm(entry));
            entry.Draining.UnionWith(_aftermath.Of(entry.Partition));
        }

        ResizeSlots();
        GroupLog.Assigned(_logger, _definition.GroupId, Names(entries));
        _ = LookUpAsync(entries);
    }

    // Started inside an event, answers with another. Goes on until it knows, the leases end or the error is one that stays.
    private async Task LookUpAsync(List<LeaseEntry> entries)
    {
        while (!_ended.IsCancellationRequested && !entries.TrueForAll(entry => entry.State == LeaseState.Gone))
        {
            StreamsException? error;
            try
            {
                var partitions = entries.ConvertAll(entry => entry.Partition);
                var starts = await _starts.ResolveAsync(partitions, _ended.Token).ConfigureAwait(false);
                _loop.Post(() => LookedUp(entries, entry => starts[entry.Partition]));
                return;
            }
            catch (OperationCanceledException) when (_ended.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever went wrong: it is tried again, or the partitions stand still and say so.
            catch (Exception thrown)
#pragma warning restore CA1031
            {
                error = AsStreamsException(thrown, "Looking up the group's committed offsets");
            }

            if (!error.IsRetriable)
            {
                _loop.Post(() => LookedUp(entries, _ => new(0, null, false, error)));
                return;
            }

            GroupLog.Retried(_logger, _definition.GroupId, "Looking up the committed offsets", GroupLimits.RetryDelay, error.Message);
            await Task.Delay(GroupLimits.RetryDelay, _environment.Time, _ended.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void LookedUp(List<LeaseEntry> all, Func<LeaseEntry, StartPosition> startOf)
    {
        var entries = all.FindAll(entry => entry.State == LeaseState.Starting && entry.Worker is null);
        var left = 1;
        foreach (var entry in entries)
        {
            var start = startOf(entry);
            if (start.Error is { } error)
            {
                StandStill(entry, start.Offset, error);
                continue;
            }

            entry.Worker = MakeWorker(entry, start.Offset);
            Committer.Add(entry.Worker, start.Committed);
            if (start.IsCommittedAtOnce)
            {
                left++;
                Committer.CommitExactly(entry.Worker, start.Offset, _ => Answered());
            }
        }

        Answered();

        void Answered()
        {
            if (--left == 0)
            {
                Announce(all);
            }
        }
    }

    private void Announce(List<LeaseEntry> all)
    {
        all.ForEach(TryBegin);
        var entries = all.FindAll(entry => !entry.IsAnnouncing && entry.State is not (LeaseState.Leaving or LeaseState.Gone));
        var partitions = entries.Select(entry => entry.Partition).Order().ToArray();
        if (partitions.Length > 0)
        {
            entries.ForEach(entry => entry.IsAnnouncing = true);
            _callbacks.Enqueue(HandlerCallbacks.Assigned, (dispatcher, handler)
                => dispatcher.OnPartitionsAssigned(handler, partitions), Announced);
        }

        void Announced()
        {
            foreach (var entry in entries)
            {
                entry.IsAnnounced = true;
                TryBegin(entry);
            }
        }
    }

    private PartitionWorker MakeWorker(LeaseEntry entry, long start)
    {
        var routes = _plan.RoutesOf(entry.Partition.Topic);
        PartitionWorker worker = _definition.Order == ProcessingOrder.PerPartition
            ? new SerialWorker(entry.Lease, start, routes, _plan.Processing, this)
            : new LaneWorker(entry.Lease, start, routes, _plan.Processing, this);
        worker.SetPaused(IsPaused(entry.Partition));
        _workers[entry.Lease] = worker;
        return worker;
    }

    private void TryBegin(LeaseEntry entry)
    {
        if (entry.State == LeaseState.Starting && entry.IsAnnounced
            && entry is { Worker: { } worker, IsResuming: false, StartCommits: 0, Draining.Count: 0 })
        {
            entry.Alarm!.PutOff();
            entry.State = LeaseState.Running;
            worker.Start();
        }
    }

    private List<LeaseEntry> Held(IReadOnlyList<Lease> leases)
        => [.. leases.Select(lease => _entries.GetValueOrDefault(lease.Partition) is { } entry
            && ReferenceEquals(entry.Lease, lease) ? entry : null)
            .OfType<LeaseEntry>()];

    private void Lost(List<LeaseEntry> entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        GroupLog.Lost(_logger, _definition.GroupId, Names(entries));
        foreach (var entry in entries)
        {
            Forget(entry);
            _departures.ToList().ForEach(departure => departure.Drop(entry));
        }

        _aftermath.Add([.. entries.SelectMany(entry => entry.Draining.Append(entry.Worker)).OfType<PartitionWorker>()]);

        ResizeSlots();
        UpdateHealth();
        var partitions = Announced(entries);
        if (partitions.Length > 0)
        {
            _callbacks.Enqueue(
                HandlerCallbacks.Lost, (dispatcher, handler) => dispatcher.OnPartitionsLost(handler, partitions), static () => { });
        }
    }

    // Nobody hears of the end of what nobody was told of.
    private static TopicPartition[] Announced(List<LeaseEntry> entries)
        => [.. entries.Where(entry => entry.IsAnnouncing).Select(entry => entry.Partition).Order()];

    private void Forget(LeaseEntry entry)
    {
        entry.State = LeaseState.Gone;
        entry.Alarm!.Dispose();
        _entries.Remove(entry.Partition);
        _workers.TryRemove(entry.Lease, out _);
        if (entry.Worker is { } worker)
        {
            Committer.Remove(worker);
        }
    }

    private void WorkerFailed(PartitionWorker worker)
    {
        if (EntryOf(worker) is { State: LeaseState.Running } entry && worker.View().Failure is { } failure)
        {
            StandStill(entry, failure.Offset, failure.Error);
        }
    }

    private void StandStill(LeaseEntry entry, long offset, Exception error)
    {
        entry.State = LeaseState.Stopped;
        entry.Stopped = new(entry.Partition, offset, error);
        GroupLog.PartitionStopped(_logger, _definition.GroupId, entry.Partition, offset, error);
        UpdateHealth();
    }

    private void FetchFailed(Lease lease, long offset, StreamsException error)
    {
        if (!_workers.TryGetValue(lease, out var worker) || EntryOf(worker) is not { State: LeaseState.Running } entry
            || !worker.TryTakeFetchFailure(offset))
        {
            return;
        }

        if (error.Code == StreamsErrorCode.OffsetOutOfRange)
        {
            _ = LookUpOutOfRangeAsync(entry, worker, offset, error);
        }
        else if (error.IsRetriable)
        {
            GroupLog.Retried(_logger, _definition.GroupId, $"Fetching {entry.Partition}", GroupLimits.RetryDelay, error.Message);
            _ = RefetchLaterAsync(worker);
        }
        else
        {
            worker.Fail(error);
        }
    }

    private async Task RefetchLaterAsync(PartitionWorker worker)
    {
        await Task.Delay(GroupLimits.RetryDelay, _environment.Time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        worker.Refetch();
    }

    private async Task LookUpOutOfRangeAsync(LeaseEntry entry, PartitionWorker worker, long offset, StreamsException error)
    {
        try
        {
            var start = await _starts.ResolveOutOfRangeAsync(entry.Partition, error, _ended.Token).ConfigureAwait(false);
            _loop.Post(() =>
            {
                if (start.Error is not null)
                {
                    worker.Fail(error);
                }
                else if (entry.State == LeaseState.Running && ReferenceEquals(entry.Worker, worker))
                {
                    GroupLog.OutOfRange(
                        _logger, _definition.GroupId, entry.Partition, offset, start.Offset, _definition.StartFrom, error.Message);
                    GoTo(entry, start.Offset, static _ => { });
                }
            });
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            return;
        }
#pragma warning disable CA1031 // Whatever went wrong: the partition stands still and says so.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            worker.Fail(AsStreamsException(thrown, $"Looking up where {entry.Partition} begins"));
        }
    }

    private void FailGroup(StreamsException error)
    {
        if (_state is GroupState.Failed or GroupState.Stopped)
        {
            return;
        }

        GroupLog.GroupFailed(_logger, _definition.GroupId, error);
        _failure = error;
        var isStopping = _state == GroupState.Stopping;
        _state = GroupState.Failed;
        Lost([.. _entries.Values]);
        UpdateHealth();
        FailCaughtUp(error);
        if (!isStopping)
        {
            _ = LeaveAsync(static () => { });
        }
    }

    private void OnBug(Exception bug)
        => FailGroup(AsStreamsException(bug, "An internal step of the group"));

    private void UpdateHealth()
    {
        var stopped = _entries.Values.Select(entry => entry.Stopped).OfType<StoppedPartition>().OrderBy(one => one.Partition).ToArray();
        var status = _failure is not null ? GroupStatus.Failed : stopped.Length > 0 ? GroupStatus.Degraded : GroupStatus.Healthy;
        _health = new(status, stopped, _failure);
    }

    private void ResizeSlots()
    {
        if (_definition.Concurrency == 0)
        {
            _plan.Processing.Slots.Resize(Math.Max(1, _entries.Count));
        }
    }

    private LeaseEntry? EntryOf(PartitionWorker worker)
        => _entries.GetValueOrDefault(worker.Lease.Partition) is { } entry && ReferenceEquals(entry.Worker, worker) ? entry : null;

    private bool IsPaused(TopicPartition partition) => _isPaused || _paused.Contains(partition);

    private StreamsException AsStreamsException(Exception thrown, string what)
        => thrown as StreamsException
            ?? new($"{what} failed in an unexpected way (group '{_definition.GroupId}'): {thrown.Message}", thrown);

    private static string Names(IEnumerable<LeaseEntry> entries) => string.Join(", ", entries.Select(entry => entry.Partition));
}
