using Streams.Protocol.Records;
using Streams.Storage.Files;

namespace Streams.Storage.Segments;

/// <summary>
/// Reads a whole segment and checks every batch: the way to know what a crash has left. A batch that is not sound ends nothing yet: what
/// follows it decides whether the file was torn there or damaged. Used once.
/// </summary>
internal sealed class SegmentScanner
{
    // A relative offset of the index is an int, so nothing of one segment lies further away.
    private const long OffsetSpreadMax = int.MaxValue;

    private readonly FileWindow _window;
    private readonly long _baseOffset;
    private readonly long _end;
    private readonly int _indexIntervalBytes;
    private readonly SegmentIndex _index;
    private readonly List<DamagedRange> _damages = [];

    // The last sound batch, not in the index yet: offsets are outside the checksum, so what follows may show that its own is wrong.
    private RecordBatchHeader _last;
    private long _lastPosition = -1;
    private long _expectedBefore;
    private long _expected;

    private SegmentScanner(FileWindow window, long baseOffset, OffsetBounds offsets, int indexIntervalBytes)
    {
        _window = window;
        _baseOffset = baseOffset;
        _expected = offsets.Min;
        _end = offsets.End;
        _indexIntervalBytes = indexIntervalBytes;
        _index = new(baseOffset);
    }

    /// <summary>Scans a file.</summary>
    /// <param name="file">The log file.</param>
    /// <param name="length">How many bytes of it are looked at.</param>
    /// <param name="baseOffset">The segment's base offset.</param>
    /// <param name="offsets">The offsets its batches may have.</param>
    /// <param name="indexIntervalBytes">How many bytes lie between two index entries.</param>
    public static SegmentScan Scan(ILogFile file, long length, long baseOffset, OffsetBounds offsets, int indexIntervalBytes)
    {
        using var window = new FileWindow(file, length);
        return new SegmentScanner(window, baseOffset, offsets, indexIntervalBytes).Scan();
    }

    private SegmentScan Scan()
    {
        DamagedRange? tail = null;
        long position = 0;
        while (position < _window.Length)
        {
            var fault = FindFault(position, _expected, out var header);
            if (fault is not null && IsLastMisplaced(position, out header))
            {
                SetLastAside(position, header);
            }
            else if (fault is not null)
            {
                var sound = FindSound(position, out header);
                var range = new DamagedRange(
                    position, sound ?? _window.Length, _expected, sound is null ? _expected : header.BaseOffset, fault);
                if (sound is null)
                {
                    tail = range;
                    break;
                }

                _damages.Add(range);
                position = sound.Value;
            }

            Take(header, position);
            position += header.Size;
        }

        IndexLast();
        return new(_index, tail?.Start ?? _window.Length, _expected, _damages, tail);
    }

    private void Take(in RecordBatchHeader header, long position)
    {
        IndexLast();
        _last = header;
        _lastPosition = position;
        _expectedBefore = _expected;
        _expected = header.NextOffset;
    }

    private void IndexLast()
    {
        if (_lastPosition >= 0)
        {
            _index.Add(_last, _lastPosition, _indexIntervalBytes);
            _lastPosition = -1;
        }
    }

    // A batch that is sound but for its offset, behind one that has left a gap: where it follows the batch before that one, the one between
    // carries a wrong offset. Its records are whole, but nobody knows where they belong.
    private bool IsLastMisplaced(long position, out RecordBatchHeader header)
    {
        header = default;
        return _lastPosition >= 0 && _last.BaseOffset > _expectedBefore && FindFault(position, _expectedBefore, out header) is null;
    }

    private void SetLastAside(long position, in RecordBatchHeader next)
    {
        _damages.Add(new(_lastPosition, position, _expectedBefore, next.BaseOffset,
            $"found base offset {_last.BaseOffset}, but {next.BaseOffset} follows"));
        _expected = _expectedBefore;
        _lastPosition = -1;
    }

    private string? FindFault(long position, long expected, out RecordBatchHeader header)
    {
        header = default;
        var head = _window.Get(position, RecordBatchLayout.HeaderSize);
        if (head.Length < RecordBatchLayout.HeaderSize)
        {
            return $"found {head.Length} bytes, expected a batch header of {RecordBatchLayout.HeaderSize}";
        }

        header = RecordBatchHeader.Read(head);
        if (!RecordBatchHeader.TryReadSize(head, out var size) || header.Magic != RecordBatchLayout.MagicValue)
        {
            return $"found length {header.BatchLength} and magic {header.Magic}, expected a batch";
        }

        if (size > _window.Length - position)
        {
            return $"found a batch of {size} bytes, expected at most the {_window.Length - position} that are left";
        }

        if (header.BaseOffset < expected || header.BaseOffset - _baseOffset > OffsetSpreadMax - Math.Max(header.LastOffsetDelta, 0))
        {
            return $"found base offset {header.BaseOffset}, expected at least {expected}";
        }

        if (header.NextOffset > _end)
        {
            return $"found base offset {header.BaseOffset}, but the log ended at {_end}";
        }

        return RecordBatch.FindFault(_window.Get(position, size), int.MaxValue);
    }

    // Where the size of the bad batch is right the next one follows it; otherwise every byte may be where a batch begins. The magic byte
    // and the offset rule out nearly all of them before a checksum is computed.
    private long? FindSound(long damaged, out RecordBatchHeader header)
    {
        var head = _window.Get(damaged, RecordBatchLayout.HeaderSize);
        if (RecordBatchHeader.TryReadSize(head, out var size)
            && damaged + size < _window.Length
            && FindFault(damaged + size, _expected, out header) is null)
        {
            return damaged + size;
        }

        for (var position = NextMagic(damaged + 1); position is { } candidate; position = NextMagic(candidate + 1))
        {
            if (FindFault(candidate, _expected, out header) is null)
            {
                return candidate;
            }
        }

        header = default;
        return null;
    }

    /// <returns>The first position from one on where a batch's magic byte stands in its place.</returns>
    private long? NextMagic(long position)
    {
        while (position + RecordBatchLayout.HeaderSize <= _window.Length)
        {
            var bytes = _window.GetRest(position, RecordBatchLayout.HeaderSize);
            if (bytes.Length < RecordBatchLayout.HeaderSize)
            {
                // The file is shorter than it was.
                return null;
            }

            var places = bytes[RecordBatchLayout.Magic..];
            var found = places.IndexOf(RecordBatchLayout.MagicValue);
            if (found >= 0)
            {
                return position + found;
            }

            position += places.Length;
        }

        return null;
    }
}
