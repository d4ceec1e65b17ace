using Microsoft.Extensions.Logging;
using Streams.Runtime.Commits;
using Streams.Runtime.Scheduling;
using Streams.Runtime.Tracking;
using Streams.Transport;

namespace Streams.Runtime.Processing;

/// <summary>
/// Handles the records of one lease from one start offset on; a seek and a resume make a new one. Takes blocks, hands their records to
/// runners in the order of its kind, tracks what is completed, and asks for commits. Its lock is taken per block, walk or lane, and never
/// held while a handler or the transport is called. Thread-safe.
/// </summary>
internal abstract class PartitionWorker : ICommitSource
{
    private const int Nothing = 0;
    private const int Dirty = 1;
    private const int Due = 2;

    private readonly IWorkerOwner _owner;
    private readonly HandlerCancellation _cancellation;
    private readonly Queue<BlockEntry> _blocks = new(ProcessingLimits.BlocksMax);
    private HandlerRunner? _free;
    private WorkerFailure? _failure;
    private long _fetchPosition;
    private long _requested = -1;
    private long _takenAt;
    private long _barredAt;
    private int _signal;
    private int _runners;
    private bool _isStarted;
    private bool _isPaused;
    private bool _isBarred;
    private bool _isStopping;
    private bool _isFenced;
    private bool _isFull;
    private bool _isInLine;
    private bool _isDrainTold;
    private bool _isAbandoned;
    private volatile bool _isInterrupted = true;

    /// <summary>Initializes a new instance of the <see cref="PartitionWorker"/> class. It does nothing before <see cref="Start"/>.</summary>
    protected PartitionWorker(Lease lease, long start, TopicRoutes routes, ProcessingSettings settings, IWorkerOwner owner)
    {
        Lease = lease;
        Settings = settings;
        Routes = new(routes);
        Tracker = new(start, settings.InFlightMax);
        _owner = owner;
        _fetchPosition = start;
        _cancellation = new(settings.Scheduler, settings.Logger);
        HandlerToken = _cancellation.Token;
    }

    /// <inheritdoc />
    public Lease Lease { get; }

    /// <summary>Gets what the workers of the group share.</summary>
    public ProcessingSettings Settings { get; }

    /// <summary>Gets the log.</summary>
    public ILogger Logger => Settings.Logger;

    /// <summary>Gets the token of this worker's handlers.</summary>
    public CancellationToken HandlerToken { get; }

    /// <inheritdoc />
    public long Position => View().Position;

    /// <inheritdoc />
    public long Watermark => View().Watermark;

    /// <summary>Gets the lock of everything below.</summary>
    protected Lock Gate { get; } = new();

    /// <summary>Gets the tracker; guarded by <see cref="Gate"/>.</summary>
    protected OffsetTracker Tracker { get; }

    /// <summary>Gets the router; used by whoever hands out records.</summary>
    protected RouteReader Routes { get; }

    /// <summary>Gets a value indicating whether handing out records is to stop: a hint without the lock.</summary>
    protected bool IsInterrupted => _isInterrupted;

    /// <summary>Gets how many runners are at work or about to be; guarded by <see cref="Gate"/>.</summary>
    protected int Runners => _runners;

    /// <summary>Gets a value indicating whether there is something to hand out that no runner is coming for; guarded by <see cref="Gate"/>.</summary>
    protected abstract bool HasWork { get; }

    /// <summary>Begins to fetch and to handle.</summary>
    public void Start() => Change(static worker => worker._isStarted = true);

    /// <summary>Stops handing out records, or goes on; what runs runs on.</summary>
    public void SetPaused(bool isPaused)
    {
        lock (Gate)
        {
            _isPaused = isPaused;
        }

        Change(static _ => { });
    }

    /// <summary>Takes the answer to a request; what comes late or unasked is given back, and what is still waited for is asked for again,
    /// since the request of a worker before this one may have replaced it.</summary>
    public void Accept(long offset, RecordBlock block)
    {
        long? request;
        lock (Gate)
        {
            if (_requested != offset || _isStopping || _failure is not null)
            {
                request = _requested >= 0 ? _requested : null;
            }
            else
            {
                Invariant.Holds(block.NextOffset > offset, "A block brings its reader on.");
                _requested = -1;
                _fetchPosition = block.NextOffset;
                _blocks.Enqueue(new(block));
                request = GoOn();
                block = null!;
            }
        }

        block?.Release();
        Ask(request);
    }

    /// <summary>Takes the news that a request failed for now.</summary>
    /// <returns><see langword="false"/> where nothing was asked for at that offset; what is waited for is asked for again then.</returns>
    public bool TryTakeFetchFailure(long offset)
    {
        long? request = null;
        lock (Gate)
        {
            if (_requested == offset && !_isStopping && _failure is null)
            {
                _requested = -1;
                return true;
            }

            request = _requested >= 0 ? _requested : null;
        }

        Ask(request);
        return false;
    }

    /// <summary>Asks again after a failed request.</summary>
    public void Refetch() => Change(static _ => { });

    /// <summary>Hands out nothing any more and gives up what was not begun; <see cref="IWorkerOwner.OnDrained"/> follows.</summary>
    public void Stop()
    {
        lock (Gate)
        {
            _isStopping = true;
            Discard();
            TellDrained();
        }
    }

    /// <summary>Cancels the token of the handlers that run.</summary>
    public void CancelHandlers() => _cancellation.Cancel();

    /// <summary>Gives back the slots of handlers nobody waits for any more; what still runs then runs beside the bound.</summary>
    public void Abandon()
    {
        int abandoned;
        lock (Gate)
        {
            abandoned = _isAbandoned ? 0 : _runners;
            _isAbandoned = true;
        }

        for (var slot = 0; slot < abandoned; slot++)
        {
            Settings.Slots.Return();
        }
    }

    /// <summary>Reports a bug met while running.</summary>
    public void OnBug(Exception bug) => _owner.OnBug(bug);

    /// <summary>Nothing that completes from now on counts.</summary>
    public void Fence()
    {
        lock (Gate)
        {
            _isFenced = true;
            _isStopping = true;
            Discard();
        }
    }

    /// <summary>Stops the partition where it is, for a reason outside its records.</summary>
    public void Fail(Exception error)
    {
        lock (Gate)
        {
            Fail(Tracker.Position, error);
        }
    }

    /// <summary>Completes a record by an outcome of its handler (Manual).</summary>
    /// <returns><see langword="false"/> where the lease has ended, and the outcome counts no more.</returns>
    public bool CompleteManually(long ticket)
    {
        lock (Gate)
        {
            if (_isFenced)
            {
                ProcessingLog.StaleOutcome(Logger, Lease, ticket);
                return false;
            }

            if (Tracker.Complete(ticket) > 0)
            {
                Progressed(Tracker.Retired);
            }
        }

        Change(static _ => { });
        return true;
    }

    /// <summary>Commits the watermark for a handler and waits for the answer (Manual).</summary>
    public Task CommitManuallyAsync(CancellationToken cancellationToken)
    {
        var answer = new Completion(Settings.Scheduler);
        _owner.Commit(this, answer.Set);
        return cancellationToken.CanBeCanceled ? answer.Task.WaitAsync(cancellationToken) : answer.Task;
    }

    /// <summary>A slot waited for is here.</summary>
    public void OnSlot()
    {
        bool isUsed;
        long? request;
        lock (Gate)
        {
            _isInLine = false;
            isUsed = CanStart();
            if (isUsed)
            {
                Launch();
            }

            request = GoOn();
        }

        Ask(request);
        if (!isUsed)
        {
            Settings.Slots.Return();
        }
    }

    /// <summary>Runs a runner that holds a slot, until there is nothing to do or a call goes on without the thread.</summary>
    public abstract void Run(HandlerRunner runner);

    /// <inheritdoc />
    public long TakeWatermark()
    {
        lock (Gate)
        {
            // First the signal, then the progress: what completes in between signals again.
            Interlocked.Exchange(ref _signal, Nothing);
            ApplyProgress();
            if (Settings.Commits.Policy != CommitPolicy.Sync)   // which counts from its answered commits
            {
                Volatile.Write(ref _takenAt, Tracker.Retired);
            }

            return Tracker.Watermark;
        }
    }

    /// <summary>Returns how the worker stands.</summary>
    public WorkerView View()
    {
        lock (Gate)
        {
            ApplyProgress();
            Invariant.Holds(Tracker.Watermark <= Tracker.Position, "The watermark never passes what was handed out.");
            return new(Tracker.Position, Tracker.Watermark, Tracker.Oldest, Tracker.Count, _failure);
        }
    }

    /// <summary>Brings the tracker up to date with what runners have published without the lock.</summary>
    protected virtual void ApplyProgress()
    {
    }

    /// <summary>Gives up what was taken from blocks and not begun.</summary>
    protected virtual void DropUnbegun()
    {
    }

    /// <summary>Returns how many records remain until a synchronous commit is due; guarded by <see cref="Gate"/>.</summary>
    protected long LeftBeforeCommit(long retired)
        => Settings.Commits.Policy == CommitPolicy.Sync ? Settings.Commits.Every - (retired - Volatile.Read(ref _takenAt)) : long.MaxValue;

    /// <summary>Signals that the watermark moved. Cheap while a signal stands; needs no lock.</summary>
    /// <param name="retired">How many records are retired since the start.</param>
    /// <returns>Whether a synchronous commit is due: nothing more is handed out before it.</returns>
    protected bool Progressed(long retired)
    {
        var isCounted = Settings.Commits.Counts && retired - Volatile.Read(ref _takenAt) >= Settings.Commits.Every;
        var isSync = Settings.Commits.Policy == CommitPolicy.Sync;
        var signal = isCounted && !isSync ? Due : Dirty;
        if (Volatile.Read(ref _signal) < signal)
        {
            Signal(signal);
        }

        return isCounted && isSync;
    }

    /// <summary>Hands out nothing more until what is completed is committed (Sync). Under the lock.</summary>
    protected void Bar()
    {
        if (!_isBarred && !_isStopping)
        {
            _isBarred = true;
            _isInterrupted = true;
            _barredAt = Tracker.Retired;
            _owner.Commit(this, OnBarCommitted);
        }
    }

    /// <summary>Returns whether records may be handed out. Under the lock.</summary>
    protected bool IsOpen() => _isStarted && !_isPaused && !_isBarred && !_isStopping && _failure is null;

    /// <summary>Returns whether the tracker takes more: full at its bound, open again at half of it. Under the lock.</summary>
    protected bool HasRoom()
    {
        if (Tracker.Room == 0)
        {
            if (!_isFull && Settings.IsManual)
            {
                ProcessingLog.WaitsForOutcomes(Logger, Settings.GroupId, Tracker.Count, Lease.Partition, Tracker.Oldest);
            }

            _isFull = true;
        }
        else if (Tracker.Count <= Settings.InFlightMax / 2)
        {
            _isFull = false;
        }

        return !_isFull;
    }

    /// <summary>Returns the block to hand out from, or <see langword="null"/>. Under the lock.</summary>
    protected BlockEntry? CurrentBlock()
    {
        PassExhausted();
        return _blocks.TryPeek(out var entry) ? entry : null;
    }

    /// <summary>Takes a call's exception: the partition stops unless the record does not count any more. Under the lock.</summary>
    /// <returns>Whether the record is incomplete.</returns>
    protected bool TakeError(Exception error, long offset, long ticket)
    {
        if (Settings.IsManual && Tracker.IsCompleted(ticket))
        {
            ProcessingLog.ThrewAfterOutcome(Logger, Settings.GroupId, offset, Lease.Partition, error);
            return false;
        }

        if (!(error is OperationCanceledException && HandlerToken.IsCancellationRequested))
        {
            Fail(offset, error);
        }

        return true;
    }

    /// <summary>Starts runners while there is work and there are slots. Under the lock.</summary>
    private void StartRunners()
    {
        while (!_isInLine && CanStart())
        {
            if (!Settings.Slots.TryTake(this))
            {
                _isInLine = true;
                return;
            }

            Launch();
        }
    }

    /// <summary>A runner has nothing to do: it is kept for later and must not be touched after this. Under the lock.</summary>
    /// <returns>Whether its slot is to be given back, outside the lock.</returns>
    protected bool Retire(HandlerRunner runner)
    {
        _runners--;
        runner.NextFree = _free;
        _free = runner;
        TellDrained();
        return !_isAbandoned;
    }

    /// <summary>Called when a runner is about to run; under the lock.</summary>
    protected virtual void OnLaunched()
    {
    }

    /// <summary>Starts runners and returns the offset to ask for, if a block is to be asked for. In this order: looking for work may pass whole
    /// blocks that nobody handles. Under the lock; <see cref="Ask"/> follows outside.</summary>
    protected long? GoOn()
    {
        StartRunners();
        PassExhausted();
        if (!_isStarted || _isStopping || _failure is not null || _requested >= 0 || _blocks.Count >= ProcessingLimits.BlocksMax)
        {
            return null;
        }

        return _requested = _fetchPosition;
    }

    /// <summary>Asks the transport. Outside the lock.</summary>
    protected void Ask(long? offset)
    {
        if (offset is { } asked)
        {
            _owner.Request(this, asked);
        }
    }

    private bool CanStart() => IsOpen() && HasWork;

    private void Launch()
    {
        var runner = _free ?? new HandlerRunner(this);
        _free = runner.NextFree;
        runner.NextFree = null;
        _runners++;
        OnLaunched();
        Settings.Scheduler.Schedule(runner);
    }

    private void Change(Action<PartitionWorker> change)
    {
        long? request;
        lock (Gate)
        {
            change(this);
            _isInterrupted = !IsOpen();
            request = GoOn();
        }

        Ask(request);
    }

    private void OnBarCommitted(StreamsException? error)
    {
        if (error is null)
        {
            Change(static worker => worker.LiftBar());
        }
    }

    // What ran beside the bar may have completed enough for the next commit.
    private void LiftBar()
    {
        _isBarred = false;
        Volatile.Write(ref _takenAt, _barredAt);
        ApplyProgress();
        if (LeftBeforeCommit(Tracker.Retired) <= 0)
        {
            Bar();
        }
    }

    private void Fail(long offset, Exception error)
    {
        if (_failure is null && !_isFenced)
        {
            _failure = new(offset, error);
            Discard();
            _owner.OnFailed(this);
        }
    }

    private void Discard()
    {
        _isInterrupted = true;
        _requested = -1;
        DropUnbegun();
        while (_blocks.TryDequeue(out var entry))
        {
            entry.IsClosed = true;
            entry.ReleaseIfDone();
        }
    }

    private void TellDrained()
    {
        if (_isStopping && _runners == 0 && !_isDrainTold)
        {
            _isDrainTold = true;
            _owner.OnDrained(this);
        }
    }

    // Behind the last record of a block may lie offsets that will never be delivered: the position passes them with the block.
    private void PassExhausted()
    {
        while (_blocks.TryPeek(out var entry) && entry.Next >= entry.Block.Records.Length)
        {
            var before = Tracker.Watermark;
            Tracker.Advance(entry.Block.NextOffset);
            entry.IsClosed = true;
            entry.ReleaseIfDone();
            _blocks.Dequeue();
            if (Tracker.Watermark > before)
            {
                Signal(Dirty);
            }
        }
    }

    private void Signal(int signal)
    {
        var standing = Volatile.Read(ref _signal);
        while (standing < signal)
        {
            var seen = Interlocked.CompareExchange(ref _signal, signal, standing);
            if (seen != standing)
            {
                standing = seen;
            }
            else if (signal == Due)
            {
                _owner.OnCommitDue(this);
                return;
            }
            else
            {
                _owner.OnDirty(this);
                return;
            }
        }
    }
}
