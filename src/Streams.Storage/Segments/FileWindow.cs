using System.Buffers;
using Streams.Storage.Files;

namespace Streams.Storage.Segments;

/// <summary>Reads a file from front to back through one pooled buffer. Not thread-safe; whoever made it disposes it.</summary>
internal sealed class FileWindow(ILogFile file, long length) : IDisposable
{
    private const int ReadAhead = 256 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(ReadAhead);
    private long _start;
    private int _count;

    /// <summary>Gets how many bytes of the file are looked at.</summary>
    public long Length => length;

    /// <summary>Returns bytes, fewer than asked for only where the file ends; valid until the next call.</summary>
    public ReadOnlySpan<byte> Get(long position, int count)
    {
        count = (int)Math.Clamp(length - position, 0, count);
        if (position < _start || position + count > _start + _count)
        {
            Fill(position, count);
        }

        var offset = (int)(position - _start);
        return _buffer.AsSpan(offset, Math.Min(count, _count - offset));
    }

    /// <summary>Returns all that is in memory from a position on, at least so many bytes where the file has them; valid until the next call.</summary>
    public ReadOnlySpan<byte> GetRest(long position, int countMin)
    {
        _ = Get(position, countMin);
        return _buffer.AsSpan((int)(position - _start), (int)(_start + _count - position));
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _count = 0;
    }

    private void Fill(long position, int count)
    {
        if (_buffer.Length < count)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            _buffer = ArrayPool<byte>.Shared.Rent(count);
        }

        var wanted = (int)Math.Min(length - position, Math.Max(count, ReadAhead));
        _start = position;
        _count = file.Read(_buffer.AsSpan(0, Math.Min(wanted, _buffer.Length)), position);
    }
}
