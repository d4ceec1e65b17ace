namespace Streams.Runtime.Tracking;

/// <summary>
/// Which delivered records of one lease are not yet retired, and so its watermark: all delivered offsets below it are completed.
/// Offsets may have gaps. Owned by one caller at a time; not thread-safe. Every call is O(1) (amortised where it retires), and after the
/// ring has grown to its bound nothing is allocated.
/// </summary>
/// <remarks>
/// A ring of offsets in delivery order; a ticket is the place of a record counted from the first, its slot is the ticket's low bits.
/// <code>
/// tickets   head                    tail
///             |  7   9*  12   13*   |        9* and 13* are completed; the watermark is 7, the position 14
/// </code>
/// </remarks>
internal sealed class OffsetTracker
{
    private const int SlotsFirst = 64;

    private readonly int _countMax;
    private long[] _slots;
    private long _head;
    private long _tail;
    private long _position;

    /// <summary>Initializes a new instance of the <see cref="OffsetTracker"/> class.</summary>
    /// <param name="start">The first offset that may come.</param>
    /// <param name="countMax">How many records may be in flight.</param>
    public OffsetTracker(long start, int countMax)
    {
        Invariant.Holds(start >= 0 && countMax > 0, "A tracker begins at an offset and takes at least one record.");
        _position = start;
        _countMax = countMax;
        _slots = new long[Math.Min(SlotsFirst, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)countMax))];
    }

    /// <summary>Gets the next offset that may come: past everything delivered or passed.</summary>
    public long Position => _position;

    /// <summary>Gets the offset below which every delivered record is completed.</summary>
    public long Watermark => _head == _tail ? _position : OffsetOf(_slots[SlotOf(_head)]);

    /// <summary>Gets how many delivered records are not retired: incomplete ones, and completed ones behind them.</summary>
    public int Count => (int)(_tail - _head);

    /// <summary>Gets how many more records may be delivered.</summary>
    public int Room => _countMax - Count;

    /// <summary>Gets the oldest record that is not completed, or <see langword="null"/>.</summary>
    public long? Oldest => _head == _tail ? null : OffsetOf(_slots[SlotOf(_head)]);

    /// <summary>Gets how many records were retired so far.</summary>
    public long Retired => _head;

    /// <summary>Takes in a record that is about to be handled. In offset order.</summary>
    /// <param name="offset">Its offset.</param>
    /// <param name="ticket">What <see cref="Complete"/> takes.</param>
    /// <returns><see langword="false"/> where the offset was delivered before: a duplicate, to be dropped.</returns>
    public bool TryTrack(long offset, out long ticket)
    {
        ticket = _tail;
        if (offset < _position)
        {
            return false;
        }

        Invariant.Holds(Count < _countMax, "A full tracker takes no record: its partition is to be paused.");
        if (Count == _slots.Length)
        {
            Grow();
        }

        _slots[SlotOf(_tail++)] = offset;
        _position = offset + 1;
        return true;
    }

    /// <summary>Completes one record; twice is harmless.</summary>
    /// <param name="ticket">Its ticket.</param>
    /// <returns>How many records were retired: the watermark moved unless it is 0.</returns>
    public int Complete(long ticket)
    {
        Invariant.Holds(ticket < _tail, "A record is delivered before it is completed.");
        if (ticket < _head)
        {
            return 0;
        }

        ref var slot = ref _slots[SlotOf(ticket)];
        slot = slot < 0 ? slot : ~slot;
        var first = _head;
        while (_head < _tail && _slots[SlotOf(_head)] < 0)
        {
            _head++;
        }

        return (int)(_head - first);
    }

    /// <summary>Completes every record up to and including one.</summary>
    /// <param name="ticket">The last record's ticket.</param>
    /// <returns>How many records were retired.</returns>
    public int CompleteThrough(long ticket)
    {
        Invariant.Holds(ticket < _tail, "A record is delivered before it is completed.");
        if (ticket < _head)
        {
            return 0;
        }

        var first = _head;
        _head = ticket + 1;
        while (_head < _tail && _slots[SlotOf(_head)] < 0)
        {
            _head++;
        }

        return (int)(_head - first);
    }

    /// <summary>Returns whether a record is completed.</summary>
    public bool IsCompleted(long ticket) => ticket < _head || (ticket < _tail && _slots[SlotOf(ticket)] < 0);

    /// <summary>Passes offsets that will never be delivered: compacted away, control records, aborted ones.</summary>
    /// <param name="to">The next offset that may come.</param>
    public void Advance(long to) => _position = Math.Max(_position, to);

    /// <summary>Takes back the newest records, which were never begun; they will be delivered again.</summary>
    /// <param name="ticket">The first of them.</param>
    /// <param name="position">Its offset.</param>
    public void TakeBack(long ticket, long position)
    {
        Invariant.Holds(ticket >= _head && ticket <= _tail, "Only records in flight can be taken back.");
        Invariant.Holds(ticket == _tail || OffsetOf(_slots[SlotOf(ticket)]) == position,
            "The position goes back to the first record taken back.");
        _tail = ticket;
        _position = position;
    }

    // A completed slot holds the complement of its offset, so that one word says both.
    private static long OffsetOf(long slot) => slot < 0 ? ~slot : slot;

    private int SlotOf(long ticket) => (int)(ticket & (_slots.Length - 1));

    private void Grow()
    {
        var grown = new long[_slots.Length * 2];
        for (var ticket = _head; ticket < _tail; ticket++)
        {
            grown[(int)(ticket & (grown.Length - 1))] = _slots[SlotOf(ticket)];
        }

        _slots = grown;
    }
}
