namespace Streams.Runtime.Processing;

/// <summary>
/// How many handler calls of a group run at once in this process. A partition without a slot waits in line; a slot given back goes to the
/// first of the line. Thread-safe; nothing is called while its lock is held.
/// </summary>
internal sealed class CallSlots(int limit)
{
    private readonly Lock _gate = new();
    private readonly Queue<PartitionWorker> _line = new();
    private volatile PartitionWorker? _first;
    private volatile int _waiting;
    private int _limit = limit;
    private int _taken;

    /// <summary>Returns whether another worker waits for a slot. A hint: it may be outdated at once.</summary>
    public bool IsWantedBesides(PartitionWorker worker)
        => _waiting > 0 && (_waiting > 1 || !ReferenceEquals(_first, worker));

    /// <summary>Gets how many slots are taken.</summary>
    public int Taken
    {
        get
        {
            lock (_gate)
            {
                return _taken;
            }
        }
    }

    /// <summary>Takes a slot, or a place in line: then <see cref="PartitionWorker.OnSlot"/> is called with the slot taken.</summary>
    public bool TryTake(PartitionWorker worker)
    {
        lock (_gate)
        {
            if (_taken < _limit && _line.Count == 0)
            {
                _taken++;
                return true;
            }

            _line.Enqueue(worker);
            Publish();
            return false;
        }
    }

    /// <summary>Gives a slot back.</summary>
    public void Return()
    {
        PartitionWorker? next;
        lock (_gate)
        {
            Invariant.Holds(_taken > 0, "A slot is given back once.");
            _taken--;
            next = NextInLine();
        }

        next?.OnSlot();
    }

    /// <summary>Changes the bound; calls that run already run on.</summary>
    public void Resize(int limit)
    {
        lock (_gate)
        {
            _limit = limit;
        }

        while (true)
        {
            PartitionWorker? next;
            lock (_gate)
            {
                next = NextInLine();
            }

            if (next is null)
            {
                return;
            }

            next.OnSlot();
        }
    }

    private PartitionWorker? NextInLine()
    {
        if (_taken >= _limit || !_line.TryDequeue(out var next))
        {
            return null;
        }

        _taken++;
        Publish();
        return next;
    }

    private void Publish()
    {
        _first = _line.Count == 0 ? null : _line.Peek();
        _waiting = _line.Count;
    }
}
