using System.Buffers;
using System.Buffers.Binary;
using Streams.Protocol.Primitives;
using Streams.Protocol.Records;
using Streams.Storage.Segments;
using Streams.Transport;

namespace Streams.Storage;

/// <summary>Reads batches out of segments. It knows nothing of appends; the log says which segments there are and where the visible part ends. Thread-safe.</summary>
internal sealed class LogReader
{
    // What comes out of one compressed batch while an offset is looked for.
    private const int DecompressedBytesMax = 100 * 1024 * 1024;

    private readonly ReadPositions _positions = new();

    /// <summary>Forgets the places of readers, after segments were exchanged or deleted.</summary>
    public void ForgetPositions() => _positions.Clear();

    /// <summary>Reads from the batch that holds the offset, or the first one behind it.</summary>
    /// <param name="segments">All segments.</param>
    /// <param name="offset">The first offset wanted, not below the first segment.</param>
    /// <param name="visibleEnd">Only batches wholly below it.</param>
    /// <param name="bytesMax">A soft bound.</param>
    /// <param name="read">What was read; empty where nothing is visible.</param>
    /// <returns><see langword="false"/> where a segment went away meanwhile: ask again with the segments there are now.</returns>
    public bool TryRead(LogSegment[] segments, long offset, long visibleEnd, int bytesMax, out LogRead read)
    {
        for (var index = IndexOf(segments, offset); index < segments.Length; index++)
        {
            var segment = segments[index];
            if (!segment.TryAcquire())
            {
                read = default;
                return false;
            }

            try
            {
                var end = index + 1 < segments.Length ? segments[index + 1].BaseOffset : long.MaxValue;
                read = Read(segment, offset, end, visibleEnd, bytesMax);
                if (!read.IsEmpty || (index + 1 < segments.Length && segments[index + 1].BaseOffset >= visibleEnd))
                {
                    return true;
                }
            }
            finally
            {
                segment.Release();
            }
        }

        read = new(null, default, offset);
        return true;
    }

    /// <summary>Looks for the first record from an offset on with this timestamp or a later one.</summary>
    /// <returns><see langword="false"/> where a segment went away meanwhile.</returns>
    public static bool TryFindTime(LogSegment[] segments, long timestamp, long from, long visibleEnd, out long? offset)
    {
        offset = null;
        foreach (var segment in segments)
        {
            if (!segment.TryAcquire())
            {
                return false;
            }

            try
            {
                if (segment.MaxTimestamp >= timestamp && FindTime(segment, timestamp, from, visibleEnd) is { } found)
                {
                    offset = found;
                    return true;
                }
            }
            finally
            {
                segment.Release();
            }
        }

        return true;
    }

    /// <summary>Returns the index of the last segment that begins at or below the offset; 0 where none does.</summary>
    public static int IndexOf(LogSegment[] segments, long offset)
    {
        // Nearly everybody reads near the end.
        if (segments[^1].BaseOffset <= offset)
        {
            return segments.Length - 1;
        }

        var low = 0;
        var high = segments.Length - 1;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (segments[middle].BaseOffset <= offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return Math.Max(0, low - 1);
    }

    private LogRead Read(LogSegment segment, long offset, long segmentEnd, long visibleEnd, int bytesMax)
    {
        // The size before the bytes: what it covers is written.
        var size = segment.Size;
        var expected = offset;
        if (!_positions.TryGet(offset, segment, out var position))
        {
            position = segment.PositionOf(offset);
            expected = segment.BaseOffset;
        }

        while (position < size)
        {
            if (!segment.TryReadHeader(position, out var header))
            {
                throw SegmentErrors.Damaged(segment.Path, position, "no batch header stands there");
            }

            // Offsets are outside the checksum, but they grow, and those of a closed segment end where the next one begins.
            if (header.BaseOffset < expected || header.NextOffset > segmentEnd)
            {
                throw SegmentErrors.Damaged(segment.Path, position, $"found base offset {header.BaseOffset}, expected at least {expected}");
            }

            expected = header.NextOffset;
            if (header.LastOffset >= offset)
            {
                return header.LastOffset < visibleEnd
                    ? ReadBatches(segment, offset, position, size, header.Size, visibleEnd, bytesMax)
                    : new(null, default, offset);
            }

            position += header.Size;
        }

        return new(null, default, offset);
    }

    private LogRead ReadBatches(
        LogSegment segment, long offset, long position, long size, int firstSize, long visibleEnd, int bytesMax)
    {
        // The offset of the batch behind the last one comes along where there is one: it tells whether that of the last one can be right.
        var count = (int)Math.Min(Math.Min(size - position, (long)Math.Max(firstSize, bytesMax) + sizeof(long)), Array.MaxLength);
        var rented = ArrayPool<byte>.Shared.Rent(count);
        try
        {
            var bytes = rented.AsMemory(0, segment.File.Read(rented.AsSpan(0, count), position));
            var whole = WholeBatches(segment, bytes.Span, offset, position, visibleEnd, out var next);
            _positions.Set(next, segment, position + whole);
            return new(rented, bytes[..whole], next);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(rented);
            throw;
        }
    }

    /// <returns>How many bytes the whole, sound and visible batches take; at least one.</returns>
    private static int WholeBatches(
        LogSegment segment, ReadOnlySpan<byte> bytes, long offset, long position, long visibleEnd, out long next)
    {
        next = offset;
        var taken = 0;
        var last = 0;
        var beforeLast = offset;
        while (bytes.Length - taken >= sizeof(long))
        {
            // Offsets are outside the checksum. One that goes back shows that it is wrong, or the one before, where that left a gap.
            var baseOffset = BinaryPrimitives.ReadInt64BigEndian(bytes[taken..]);
            if (taken > 0 && baseOffset < next)
            {
                (taken, next) = IsMisplaced(bytes, last, beforeLast) ? (last, beforeLast) : (taken, next);
                return taken > 0 ? taken : throw SegmentErrors.Damaged(segment.Path, position, $"offset {baseOffset} follows {next}");
            }

            if (!RecordBatchHeader.TryReadSize(bytes[taken..], out var size) || size > bytes.Length - taken)
            {
                break;
            }

            var batch = bytes.Slice(taken, size);
            var header = RecordBatchHeader.Read(batch);
            if (taken > 0 && header.LastOffset >= visibleEnd)
            {
                return taken;
            }

            if (RecordBatch.FindFault(batch, int.MaxValue) is { } fault)
            {
                // Sound batches first: the next read begins with the one that is not.
                return taken > 0 ? taken : throw SegmentErrors.Damaged(segment.Path, position, fault);
            }

            (last, beforeLast) = (taken, next);
            next = header.NextOffset;
            taken += size;
        }

        return taken > 0 ? taken : throw SegmentErrors.Damaged(segment.Path, position, "the file ends inside a batch");
    }

    private static bool IsMisplaced(ReadOnlySpan<byte> bytes, int batchStart, long expected)
        => BinaryPrimitives.ReadInt64BigEndian(bytes[batchStart..]) > expected;

    private static long? FindTime(LogSegment segment, long timestamp, long from, long visibleEnd)
    {
        using var cursor = new BatchCursor(segment, segment.PositionOfTime(timestamp));
        var records = new List<RecordRange>();
        while (cursor.MoveNext() && cursor.Header.BaseOffset < visibleEnd)
        {
            var header = cursor.Header;
            if (header.MaxTimestamp < timestamp || header.LastOffset < from || header.IsControl)
            {
                continue;
            }

            using var plain = new PooledBuffer(header.Size, DecompressedBytesMax);
            RecordBatchCompression.Decompress(cursor.ReadBatch(), plain);
            records.Clear();
            RecordBatchReader.ReadRecords(plain.WrittenSpan, 0, from, records);
            foreach (var record in records)
            {
                if (record.Timestamp >= timestamp)
                {
                    return record.Offset < visibleEnd ? record.Offset : null;
                }
            }
        }

        return null;
    }
}
