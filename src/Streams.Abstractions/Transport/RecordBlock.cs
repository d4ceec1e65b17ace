namespace Streams.Transport;

/// <summary>
/// Records of one partition in offset order: one buffer and the ranges of each record in it. Reference-counted: made with one
/// reference, which belongs to the receiver; buffer and ranges go back to their pool with the last <see cref="Release"/>.
/// </summary>
public abstract class RecordBlock
{
    private int _references = 1;

    /// <summary>Gets the bytes the ranges point into; valid until the last release.</summary>
    public abstract ReadOnlyMemory<byte> Buffer { get; }

    /// <summary>Gets the records; valid until the last release.</summary>
    public abstract ReadOnlySpan<RecordRange> Records { get; }

    /// <summary>Gets the offset to ask for next: past the last record and past whatever will never be delivered behind it.</summary>
    public abstract long NextOffset { get; }

    /// <summary>Keeps the block for one more user.</summary>
    public void AddReference()
    {
        if (Interlocked.Increment(ref _references) <= 1)
        {
            throw new InvalidOperationException("The record block was released already.");
        }
    }

    /// <summary>Gives one reference back; with the last one the buffers return to their pool.</summary>
    public void Release()
    {
        var left = Interlocked.Decrement(ref _references);
        if (left == 0)
        {
            Return();
        }
        else if (left < 0)
        {
            throw new InvalidOperationException("The record block was released more often than it was referenced.");
        }
    }

    /// <summary>Makes a pooled block ready for use again, with one reference.</summary>
    protected void Reuse() => Volatile.Write(ref _references, 1);

    /// <summary>Returns buffers (and the block itself) to their pool.</summary>
    protected abstract void Return();
}
