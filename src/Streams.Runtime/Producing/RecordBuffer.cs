using System.Buffers;

namespace Streams.Runtime.Producing;

/// <summary>A growing buffer for a part of one record, from the shared array pool. Not thread-safe; reused by <see cref="RecordScratch"/>.</summary>
internal sealed class RecordBuffer : IBufferWriter<byte>
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(ProducingLimits.BufferBytesInitial);
    private long _bytesMax;
    private int _written;

    /// <summary>Gets what was written.</summary>
    public ReadOnlySpan<byte> WrittenSpan => _bytes.AsSpan(0, _written);

    /// <summary>Begins a new record.</summary>
    /// <param name="bytesMax">How large the part may grow.</param>
    public void Begin(long bytesMax)
    {
        _bytesMax = bytesMax;
        _written = 0;
    }

    /// <summary>Ends a record; a buffer that grew large goes back to the pool.</summary>
    public void End()
    {
        if (_bytes.Length > ProducingLimits.BufferBytesKept)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = ArrayPool<byte>.Shared.Rent(ProducingLimits.BufferBytesInitial);
        }
    }

    /// <inheritdoc />
    public void Advance(int count)
    {
        if ((uint)count > (uint)(_bytes.Length - _written))
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, "More was written than the buffer has room for.");
        }

        _written += count;
    }

    /// <inheritdoc />
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _bytes.AsMemory(_written);
    }

    /// <inheritdoc />
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _bytes.AsSpan(_written);
    }

    private void EnsureRoom(int sizeHint)
    {
        if (_bytes.Length - _written < Math.Max(sizeHint, 1))
        {
            Grow(Math.Max(sizeHint, 1));
        }
    }

    private void Grow(int sizeHint)
    {
        // A hint is a worst case, four times the bytes of a text for example, so it may pass the bound by that.
        var needed = (long)_written + sizeHint;
        if (_written > _bytesMax || needed > Math.Min(4 * _bytesMax, Array.MaxLength))
        {
            throw new StreamsException($"A record part of more than {_written:N0} bytes cannot be produced: the producer's buffer holds "
                + $"{_bytesMax:N0} bytes (setting 'Streams:Producer:BufferBytesMax'). Send large content in parts, or by reference.")
            {
                Code = StreamsErrorCode.MessageTooLarge,
            };
        }

        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(needed, 2L * _bytes.Length), Array.MaxLength));
        WrittenSpan.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
