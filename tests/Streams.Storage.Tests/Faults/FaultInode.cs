namespace Streams.Storage.Tests.Faults;

/// <summary>A file as the operating system sees it, as the disk has it, and the changes in between. The file system's lock guards it.</summary>
internal sealed class FaultInode
{
    private readonly List<(long Position, byte[]? Bytes)> _pending = [];
    private byte[] _durable = [];
    private byte[] _current = [];

    public int Length { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes, long position)
    {
        _pending.Add((position, bytes.ToArray()));
        Apply(bytes, position);
    }

    public void Truncate(long length)
    {
        _pending.Add((length, null));
        Cut(length);
    }

    public int Read(Span<byte> buffer, long position)
    {
        var count = (int)Math.Clamp(Length - position, 0, buffer.Length);
        _current.AsSpan((int)Math.Min(position, Length), count).CopyTo(buffer);
        return count;
    }

    public void Sync()
    {
        if (_pending.Count > 0)
        {
            _durable = _current.AsSpan(0, Length).ToArray();
            _pending.Clear();
        }
    }

    /// <summary>Changes bytes on the disk itself, as rotting bits do.</summary>
    public void Damage(Action<byte[]> damage)
    {
        var bytes = _current.AsSpan(0, Length).ToArray();
        damage(bytes);
        Take(bytes);
    }

    /// <summary>Returns the file as it is found after a crash.</summary>
    public FaultInode After(FaultSurvival survival)
    {
        var after = new FaultInode();
        after.Take(_durable);
        foreach (var (position, bytes) in survival.Of(_pending))
        {
            if (bytes is null)
            {
                after.Cut(position);
            }
            else
            {
                after.Apply(survival.Tear(bytes), position);
            }
        }

        after._durable = after._current.AsSpan(0, after.Length).ToArray();
        return after;
    }

    private void Take(byte[] bytes)
    {
        _pending.Clear();
        _durable = bytes;
        _current = (byte[])bytes.Clone();
        Length = bytes.Length;
    }

    private void Apply(ReadOnlySpan<byte> bytes, long position)
    {
        var end = (int)position + bytes.Length;
        if (end > _current.Length)
        {
            Array.Resize(ref _current, Math.Max(end, 2 * _current.Length));
        }

        bytes.CopyTo(_current.AsSpan((int)position));
        Length = Math.Max(Length, end);
    }

    private void Cut(long length)
    {
        if (length > _current.Length)
        {
            Array.Resize(ref _current, (int)length);
        }

        // What lies behind the end is zero, always: a later write may leave a gap.
        _current.AsSpan((int)Math.Min(length, Length)).Clear();
        Length = (int)length;
    }
}
