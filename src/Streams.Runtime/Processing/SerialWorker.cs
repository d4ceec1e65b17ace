using Streams.Transport;

namespace Streams.Runtime.Processing;

/// <summary>
/// One record at a time, in offset order (<see cref="ProcessingOrder.PerPartition"/>). A runner takes a walk of records under one lock and
/// publishes each completion with one word, so that a record costs no lock.
/// </summary>
internal sealed class SerialWorker(Lease lease, long start, TopicRoutes routes, ProcessingSettings settings, IWorkerOwner owner)
    : PartitionWorker(lease, start, routes, settings, owner)
{
    // How many tickets the walks have completed, in order; written by the one runner, read under the lock.
    private long _done;

    /// <inheritdoc />
    protected override bool HasWork => Runners == 0 && HasRoom() && CurrentBlock() is not null;

    /// <inheritdoc />
    public override void Run(HandlerRunner runner)
    {
        var turn = 0;
        if (runner.TryEndCall() && runner.Error is null)
        {
            Complete(ref runner.Walk);
        }

        do
        {
            if (runner.Error is null && !TryWalk(runner, ref turn))
            {
                return;
            }
        }
        while (SettleAndTake(runner, turn));
    }

    /// <inheritdoc />
    protected override void ApplyProgress()
    {
        var done = Interlocked.Read(ref _done);
        if (done > 0)
        {
            Tracker.CompleteThrough(done - 1);
        }
    }

    private bool TryWalk(HandlerRunner runner, ref int turn)
    {
        ref var walk = ref runner.Walk;
        if (walk.Entry is null)
        {
            return true;
        }

        var buffer = walk.Entry.Block.Buffer;
        var bytes = buffer.Span;
        var records = walk.Entry.Block.Records;
        while (walk.Index < walk.End && !IsInterrupted && !IsTurnOver(++turn))
        {
            ref readonly var record = ref records[walk.Index];
            var route = Routes.Of(bytes, record);
            if (route.Kind == RouteKind.Handle)
            {
                if (!runner.TryCall(route, buffer, record, walk.Ticket))
                {
                    return false;
                }

                if (runner.Error is not null)
                {
                    return true;
                }
            }
            else if (route.Kind != RouteKind.Pass)
            {
                runner.Fail(Routes.Explain(bytes, record, route.Kind));
                return true;
            }
            else if (Settings.IsManual)
            {
                CompleteManually(walk.Ticket);
            }

            if (Complete(ref walk))
            {
                break;
            }
        }

        return true;
    }

    // Returns whether a synchronous commit is due. The exchange is a full fence: whoever takes the watermark either sees this record or
    // has lowered the signal before we look at it.
    private bool Complete(ref RecordWalk walk)
    {
        walk.Index++;
        walk.Ticket++;
        if (Settings.IsManual)
        {
            return false;
        }

        Interlocked.Exchange(ref _done, walk.Ticket);
        return Progressed(walk.Ticket);
    }

    private bool IsTurnOver(int turn)
        => turn > ProcessingLimits.TurnRecordsMax && Settings.Slots.IsWantedBesides(this);

    private bool SettleAndTake(HandlerRunner runner, int turn)
    {
        bool goesOn;
        var givesBack = false;
        long? request;
        lock (Gate)
        {
            Settle(runner);
            if (LeftBeforeCommit(Tracker.Retired) <= 0)
            {
                Bar();
            }

            goesOn = !IsTurnOver(turn) && IsOpen() && TryTakeWalk(runner);
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

        if (goesOn && turn > ProcessingLimits.PoolTurnRecordsMax)
        {
            Settings.Scheduler.Schedule(runner);
            return false;
        }

        return goesOn;
    }

    // Takes back what the walk did not begin: the next one begins there.
    private void Settle(HandlerRunner runner)
    {
        var walk = runner.Walk;
        if (walk.Entry is not { } entry)
        {
            return;
        }

        ApplyProgress();
        var records = entry.Block.Records;
        if (runner.Error is { } error)
        {
            TakeError(error, records[walk.Index].Offset, walk.Ticket);
            walk.Index++;
            walk.Ticket++;
            runner.Clear();
        }

        if (walk.Index < walk.End)
        {
            Tracker.TakeBack(walk.Ticket, records[walk.Index].Offset);
        }

        entry.Next = walk.Index;
        entry.Users--;
        entry.ReleaseIfDone();
        runner.Walk = default;
    }

    private bool TryTakeWalk(HandlerRunner runner)
    {
        while (HasRoom() && CurrentBlock() is { } entry)
        {
            var records = entry.Block.Records;
            while (entry.Next < records.Length && records[entry.Next].Offset < Tracker.Position)
            {
                entry.Next++;   // delivered before: a batch may begin below the offset asked for
            }

            var most = Math.Min(Math.Min(Tracker.Room, ProcessingLimits.WalkRecordsMax), LeftBeforeCommit(Tracker.Retired));
            var end = (int)Math.Min(records.Length, entry.Next + most);
            if (end == entry.Next)
            {
                continue;
            }

            var first = long.MaxValue;
            for (var index = entry.Next; index < end; index++)
            {
                var isNew = Tracker.TryTrack(records[index].Offset, out var ticket);
                Invariant.Holds(isNew, "The records of a block are in offset order.");
                first = Math.Min(first, ticket);
            }

            entry.Users++;
            runner.Walk = new(entry, entry.Next, end, first);
            return true;
        }

        return false;
    }
}
