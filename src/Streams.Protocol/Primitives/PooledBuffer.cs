using System.Buffers;

namespace Streams.Protocol.Primitives;

/// <summary>
/// A buffer that grows on the shared array pool up to a limit. Whoever made it disposes it; then its memory is somebody
/// else's. Reusable after <see cref="Clear"/>. Not thread-safe.
/// </summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private byte[] _bytes;
    private int _written;

    public PooledBuffer(int initialCapacity, int sizeMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(initialCapacity);
        ArgumentOutOfRangeException.ThrowIfNegative(sizeMax);
        SizeMax = sizeMax;
        _bytes = ArrayPool<byte>.Shared.Rent(Math.Min(initialCapacity, sizeMax));
    }

    /// <summary>Gets how many bytes may be written.</summary>
    public int SizeMax { get; }

    /// <summary>Gets how many bytes are written.</summary>
    public int WrittenCount => _written;

    /// <summary>Gets what is written; valid until the next write.</summary>
    public Span<byte> WrittenSpan => _bytes.AsSpan(0, _written);

    /// <summary>Gets what is written; valid until the next write.</summary>
    public Memory<byte> WrittenMemory => _bytes.AsMemory(0, _written);

    /// <summary>Whether that many bytes more stay within <see cref="SizeMax"/>.</summary>
    public bool HasRoomFor(long count) => count <= SizeMax - _written;

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _bytes.AsSpan(_written);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _bytes.AsMemory(_written);
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_bytes.Length - _written), nameof(count));
        if (!HasRoomFor(count))
        {
            throw TooLarge(count);
        }

        _written += count;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Advance(bytes.Length);
    }

    /// <summary>Forgets what is written from a position on; the memory stays.</summary>
    public void Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)_written, nameof(count));
        _written = count;
    }

    /// <summary>Forgets what is written; the memory stays.</summary>
    public void Clear() => _written = 0;

    public void Dispose()
    {
        var bytes = _bytes;
        _bytes = [];
        _written = 0;
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void EnsureRoom(int sizeHint)
    {
        if (_bytes.Length - _written < Math.Max(sizeHint, 1))
        {
            Grow(Math.Max(sizeHint, 1));
        }
    }

    private void Grow(int count)
    {
        // Asking for a hint beyond the limit is allowed (writers ask for upper bounds); writing beyond it is not.
        var wanted = Math.Max((long)_written + count, Math.Min(2L * _bytes.Length, SizeMax));
        if (wanted > Array.MaxLength)
        {
            throw TooLarge(count);
        }

        var larger = ArrayPool<byte>.Shared.Rent((int)wanted);
        _bytes.AsSpan(0, _written).CopyTo(larger);
        var smaller = _bytes;
        _bytes = larger;
        if (smaller.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(smaller);
        }
    }

    private StreamsException TooLarge(int count)
        => new($"{(long)_written + count} bytes do not fit into a buffer of at most {SizeMax}. Send less at once, or raise the limit.")
        {
            Code = StreamsErrorCode.MessageTooLarge,
        };
}
