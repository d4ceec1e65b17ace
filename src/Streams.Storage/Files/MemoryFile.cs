namespace Streams.Storage.Files;

/// <summary>
/// The bytes of one file in memory, in chunks: an append copies bytes once and never moves those before. A lock serialises single calls;
/// they only copy memory.
/// </summary>
internal sealed class MemoryFile
{
    // Below the large object heap (85,000 bytes); small files such as indexes grow their only chunk up to it.
    private const int ChunkSize = 64 * 1024;
    private const int FirstChunkSize = 1024;

    private readonly Lock _lock = new();
    private readonly List<byte[]> _chunks = [];
    private long _length;

    /// <summary>Gets the length in bytes.</summary>
    public long Length
    {
        get
        {
            lock (_lock)
            {
                return _length;
            }
        }
    }

    /// <summary>Writes bytes; what lies between the end and the position becomes zero.</summary>
    public void Write(ReadOnlySpan<byte> bytes, long position)
    {
        lock (_lock)
        {
            Grow(position + bytes.Length);
            while (bytes.Length > 0)
            {
                var chunk = _chunks[(int)(position / ChunkSize)].AsSpan((int)(position % ChunkSize));
                var count = Math.Min(chunk.Length, bytes.Length);
                bytes[..count].CopyTo(chunk);
                bytes = bytes[count..];
                position += count;
            }
        }
    }

    /// <summary>Reads until the buffer is full or the file ends.</summary>
    public int Read(Span<byte> buffer, long position)
    {
        lock (_lock)
        {
            var total = (int)Math.Clamp(_length - position, 0, buffer.Length);
            buffer = buffer[..total];
            while (buffer.Length > 0)
            {
                var chunk = _chunks[(int)(position / ChunkSize)].AsSpan((int)(position % ChunkSize));
                var count = Math.Min(chunk.Length, buffer.Length);
                chunk[..count].CopyTo(buffer);
                buffer = buffer[count..];
                position += count;
            }

            return total;
        }
    }

    /// <summary>Cuts the file, or fills it up with zeros.</summary>
    public void Truncate(long length)
    {
        lock (_lock)
        {
            if (length > _length)
            {
                Grow(length);
                return;
            }

            var chunks = (int)((length + ChunkSize - 1) / ChunkSize);
            _chunks.RemoveRange(chunks, _chunks.Count - chunks);
            _length = length;
            if (length % ChunkSize is var rest and > 0)
            {
                // Bytes behind the end are zero, always: a later write may leave a gap.
                _chunks[^1].AsSpan((int)rest).Clear();
            }
        }
    }

    private void Grow(long length)
    {
        if (length <= _length)
        {
            return;
        }

        if (length > FirstChunkSize && _chunks.Count > 0 && _chunks[^1].Length < ChunkSize)
        {
            var last = _chunks[^1];
            var wanted = length - ((_chunks.Count - 1L) * ChunkSize);
            Array.Resize(ref last, (int)Math.Min(ChunkSize, Math.Max(wanted, last.Length * 2L)));
            _chunks[^1] = last;
        }

        while ((long)_chunks.Count * ChunkSize < length)
        {
            var first = _chunks.Count == 0 && length <= FirstChunkSize;
            _chunks.Add(new byte[first ? FirstChunkSize : ChunkSize]);
        }

        _length = length;
    }
}
