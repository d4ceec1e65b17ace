using Streams.Transport;

namespace Streams.Runtime.Processing;

/// <summary>
/// One record per key at a time (<see cref="ProcessingOrder.PerKey"/>), or any records (<see cref="ProcessingOrder.Unordered"/>): several
/// runners take ready records under the lock, each its next one together with giving back the last.
/// </summary>
internal sealed class LaneWorker : PartitionWorker
{
    private readonly LaneTable? _lanes;
    private readonly PriorityQueue<LaneRecord, long> _successors = new();
    private LaneRecord? _ready;
    private LaneRecord? _lastReady;
    private LaneRecord? _free;
    private int _readyCount;
    private int _launched;
    private bool _isClosed;

    /// <summary>Initializes a new instance of the <see cref="LaneWorker"/> class.</summary>
    public LaneWorker(Lease lease, long start, TopicRoutes routes, ProcessingSettings settings, IWorkerOwner owner)
        : base(lease, start, routes, settings, owner)
        => _lanes = settings.Order == ProcessingOrder.PerKey ? new(settings.InFlightMax) : null;

    /// <inheritdoc />
    protected override bool HasWork
    {
        get
        {
            if (_readyCount <= _launched)
            {
                Fill();
            }

            return _readyCount > _launched;
        }
    }

    /// <inheritdoc />
    public override void Run(HandlerRunner runner)
    {
        var turn = 0;
        runner.TryEndCall();
        while (TryFinishAndTake(runner, ref turn))
        {
            var record = runner.Record!;
            var buffer = record.Entry.Block.Buffer;
            ref readonly var range = ref record.Entry.Block.Records[record.Index];
            if (record.Route.Kind != RouteKind.Handle)
            {
                runner.Fail(Routes.Explain(buffer.Span, range, record.Route.Kind));
            }
            else if (!runner.TryCall(record.Route, buffer, range, record.Ticket))
            {
                return;
            }
        }
    }

    /// <inheritdoc />
    protected override void OnLaunched() => _launched++;

    /// <inheritdoc />
    protected override void DropUnbegun()
    {
        _isClosed = true;
        while (TakeReady() is { } record)
        {
            DropFrom(record);
        }
    }

    private bool TryFinishAndTake(HandlerRunner runner, ref int turn)
    {
        bool goesOn;
        var givesBack = false;
        long? request;
        lock (Gate)
        {
            if (runner.Record is { } done)
            {
                Finish(runner, done);
            }
            else
            {
                _launched--;
            }

            var isTurnOver = ++turn > ProcessingLimits.PoolTurnRecordsMax
                || (turn > ProcessingLimits.TurnRecordsMax && Settings.Slots.IsWantedBesides(this));
            goesOn = !isTurnOver && IsOpen() && TryTake(runner);
            if (!goesOn)
            {
                givesBack = Retire(runner);
            }

            request = GoOn();
        }

        Ask(request);
        if (givesBack)
        {
            Settings.Slots.Return();
        }

        return goesOn;
    }

    private void Finish(HandlerRunner runner, LaneRecord record)
    {
        runner.Record = null;
        var isIncomplete = false;
        if (runner.Error is { } error)
        {
            isIncomplete = TakeError(error, record.Entry.Block.Records[record.Index].Offset, record.Ticket);
            runner.Clear();
        }

        if (!isIncomplete && !Settings.IsManual && Tracker.Complete(record.Ticket) > 0 && Progressed(Tracker.Retired))
        {
            Bar();
        }

        var next = _lanes is null ? null : _lanes.Remove(record);
        Recycle(record);
        if (next is not null)
        {
            if (_isClosed)
            {
                DropFrom(next);
            }
            else
            {
                _successors.Enqueue(next, next.Ticket);
                _readyCount++;
            }
        }
    }

    private bool TryTake(HandlerRunner runner)
    {
        if (_readyCount == 0)
        {
            Fill();
        }

        runner.Record = TakeReady();
        return runner.Record is not null;
    }

    private void Fill()
    {
        var retired = Tracker.Retired;
        while (!_isClosed && HasRoom() && CurrentBlock() is { } entry)
        {
            var records = entry.Block.Records;
            var buffer = entry.Block.Buffer;
            var bytes = buffer.Span;
            while (entry.Next < records.Length && Tracker.Room > 0)
            {
                ref readonly var range = ref records[entry.Next];
                if (Tracker.TryTrack(range.Offset, out var ticket))
                {
                    var route = Routes.Of(bytes, range);
                    if (route.Kind == RouteKind.Pass)
                    {
                        Tracker.Complete(ticket);
                    }
                    else
                    {
                        Add(Rent(entry, ticket, route), buffer, range);
                    }
                }

                entry.Next++;
            }
        }

        if (Tracker.Retired > retired && Progressed(Tracker.Retired))
        {
            Bar();
        }
    }

    private void Add(LaneRecord record, ReadOnlyMemory<byte> buffer, in RecordRange range)
    {
        var key = range.KeyLength > 0 ? buffer.Slice(range.KeyStart, range.KeyLength) : default;
        if (_lanes is null || _lanes.Append(record, key, range.KeyLength < 0))
        {
            AddReady(record);
        }
    }

    private void AddReady(LaneRecord record)
    {
        if (_lastReady is null)
        {
            _ready = record;
        }
        else
        {
            _lastReady.NextInList = record;
        }

        _lastReady = record;
        _readyCount++;
    }

    // The oldest first: at the end of the line, the second record of a key would hold the watermark back until all others in flight are
    // done.
    private LaneRecord? TakeReady()
    {
        if (_successors.TryPeek(out var successor, out var ticket) && !(_ready?.Ticket < ticket))
        {
            _successors.Dequeue();
            _readyCount--;
            return successor;
        }

        if (_ready is not { } record)
        {
            return null;
        }

        _ready = record.NextInList;
        _lastReady = _ready is null ? null : _lastReady;
        record.NextInList = null;
        _readyCount--;
        return record;
    }

    private void DropFrom(LaneRecord? record)
    {
        while (record is not null)
        {
            var next = _lanes?.Remove(record);
            Recycle(record);
            record = next;
        }
    }

    private LaneRecord Rent(BlockEntry entry, long ticket, Route route)
    {
        var record = _free ?? new LaneRecord();
        _free = record.NextInList;
        record.NextInList = null;
        (record.Entry, record.Index, record.Ticket, record.Route) = (entry, entry.Next, ticket, route);
        entry.Users++;
        return record;
    }

    private void Recycle(LaneRecord record)
    {
        record.Entry.Users--;
        record.Entry.ReleaseIfDone();
        record.Entry = null!;
        record.Lane = null;
        record.NextInLane = null;
        record.NextInList = _free;
        _free = record;
    }
}
