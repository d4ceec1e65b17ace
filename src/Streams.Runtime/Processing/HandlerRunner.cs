using System.Runtime.CompilerServices;
using Streams.Transport;

namespace Streams.Runtime.Processing;

/// <summary>
/// A slot at work: calls handlers for one worker, one after the other, with the pooled context of its own. A call that completes at once
/// costs no allocation and no switch; one that goes on lets the thread go, and the runner is scheduled again when it ends.
/// Used by one thread at a time.
/// </summary>
internal sealed class HandlerRunner : IThreadPoolWorkItem
{
    private readonly PartitionWorker _worker;
    private readonly RecordContext? _pooled;
    private readonly Action _ended;
    private RecordContext? _context;
    private ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter _awaiter;
    private bool _isCalling;

    /// <summary>The walk of a worker that goes through a block; a field, since it changes with every record.</summary>
    public RecordWalk Walk;

    /// <summary>Initializes a new instance of the <see cref="HandlerRunner"/> class.</summary>
    public HandlerRunner(PartitionWorker worker)
    {
        _worker = worker;
        _pooled = worker.Settings.IsManual ? null : new RecordContext(worker.Settings.GroupId);
        _ended = () => _worker.Settings.Scheduler.Schedule(this);
    }

    /// <summary>Gets what the last call threw, or <see langword="null"/>.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Gets or sets the record of a worker with lanes.</summary>
    public LaneRecord? Record { get; set; }

    /// <summary>Gets or sets the next runner of the worker's free list.</summary>
    public HandlerRunner? NextFree { get; set; }

    /// <inheritdoc />
    public void Execute()
    {
        try
        {
            _worker.Run(this);
        }
#pragma warning disable CA1031 // Handlers' exceptions never come here: this is a bug of ours, and the owner decides what it stops.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            _worker.OnBug(bug);
        }
    }

    /// <summary>Calls a handler.</summary>
    /// <returns><see langword="false"/> where the call goes on: the runner runs again when it ends and is not to be touched until then.</returns>
    public bool TryCall(in Route route, ReadOnlyMemory<byte> buffer, in RecordRange record, long ticket)
    {
        var context = _pooled ?? new ManualContext(_worker.Settings.GroupId);
        context.Bind(_worker, buffer, record, ticket);
        _context = context;
        Error = null;
        try
        {
            var isTombstone = record.ValueLength < 0;
            var payload = isTombstone ? default : buffer.Slice(record.ValueStart, record.ValueLength);
            var call = route.Target!.InvokeAsync(route.Method, payload, isTombstone, new(context), _worker.HandlerToken);
            if (call.IsCompleted)
            {
                call.GetAwaiter().GetResult();
                context.End();
                return true;
            }

            _awaiter = call.ConfigureAwait(false).GetAwaiter();
        }
#pragma warning disable CA1031 // What a handler throws is its record's outcome, whatever the type.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            Error = thrown;
            context.End();
            return true;
        }

        _isCalling = true;
        _awaiter.UnsafeOnCompleted(_ended);
        return false;
    }

    /// <summary>Fails the record at hand without a call.</summary>
    public void Fail(Exception error) => Error = error;

    /// <summary>Takes the result of a call that went on.</summary>
    /// <returns><see langword="false"/> where there was none.</returns>
    public bool TryEndCall()
    {
        if (!_isCalling)
        {
            return false;
        }

        _isCalling = false;
        try
        {
            _awaiter.GetResult();
        }
#pragma warning disable CA1031 // As above.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            Error = thrown;
        }

        _awaiter = default;
        _context!.End();
        return true;
    }

    /// <summary>Forgets the last error.</summary>
    public void Clear() => Error = null;
}
