using System.Buffers;
using Streams.Protocol.Records;
using Streams.Storage.Files;

namespace Streams.Storage.Segments;

/// <summary>
/// Both sparse indexes of one segment, in memory, with Kafka's entries (<c>LogSegment.append</c>). That of the active segment grows and is
/// written when the segment is closed; those of closed segments are read when somebody asks. One thread appends, any number reads.
/// </summary>
internal sealed class SegmentIndex
{
    private readonly long _baseOffset;
    private readonly GrowingList<OffsetEntry> _offsets;
    private readonly GrowingList<TimeEntry> _times;
    private long _bytesSinceEntry;
    private long _maxTimestamp = -1;
    private long _maxTimestampOffset;

    public SegmentIndex(long baseOffset)
        : this(baseOffset, new(0), new(0))
    {
    }

    private SegmentIndex(long baseOffset, GrowingList<OffsetEntry> offsets, GrowingList<TimeEntry> times)
    {
        _baseOffset = baseOffset;
        _maxTimestampOffset = baseOffset;
        _offsets = offsets;
        _times = times;
        if (times.Count > 0)
        {
            var last = times.Items[^1];
            _maxTimestamp = last.Timestamp;
            _maxTimestampOffset = baseOffset + last.RelativeOffset;
        }
    }

    /// <summary>Gets the largest timestamp of the segment, or -1.</summary>
    public long MaxTimestamp => Volatile.Read(ref _maxTimestamp);

    /// <summary>Gets where the last entry of the offset index leads; the beginning where there is none.</summary>
    public OffsetEntry LastOffset => _offsets.Count == 0 ? default : _offsets.Items[^1];

    /// <summary>Gets the last entry of the time index; <see langword="null"/> where there is none.</summary>
    public TimeEntry? LastTime => _times.Count == 0 ? null : _times.Items[^1];

    /// <summary>Reads both files.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="directory">The partition's folder.</param>
    /// <param name="baseOffset">The segment's base offset.</param>
    /// <param name="logSize">The size of its log file.</param>
    /// <param name="fault">Why they are missing or cannot belong to a log of that size, where <see langword="null"/> is returned.</param>
    public static SegmentIndex? TryRead(IFileSystem files, string directory, long baseOffset, long logSize, out string? fault)
    {
        var offsetPath = FilePath.Join(directory, SegmentFiles.Name(baseOffset, SegmentFiles.OffsetIndex));
        var timePath = FilePath.Join(directory, SegmentFiles.Name(baseOffset, SegmentFiles.TimeIndex));
        if (AtomicFile.Read(files, offsetPath) is not { } offsetBytes || AtomicFile.Read(files, timePath) is not { } timeBytes)
        {
            fault = "missing";
            return null;
        }

        var offsets = ParseEntries(offsetBytes, OffsetEntry.Size, OffsetEntry.Read);
        var times = ParseEntries(timeBytes, TimeEntry.Size, TimeEntry.Read);
        fault = offsets is null || times is null ? "not a whole number of entries" : FindFault(offsets.Items, times.Items, logSize);
        return fault is null ? new(baseOffset, offsets!, times!) : null;
    }

    /// <summary>Goes on behind what was read, so that entries keep their distance.</summary>
    public void Resume(long logSize) => _bytesSinceEntry = logSize - LastOffset.Position;

    /// <summary>Takes a batch that was written at a position.</summary>
    public void Add(in RecordBatchHeader batch, long position, int intervalBytes)
    {
        if (batch.MaxTimestamp > _maxTimestamp)
        {
            _maxTimestampOffset = batch.LastOffset;
            Volatile.Write(ref _maxTimestamp, batch.MaxTimestamp);
        }

        if (_bytesSinceEntry > intervalBytes)
        {
            // The time first: whoever finds the position may look for the time too.
            AddTime();
            _offsets.Add(new((int)(batch.LastOffset - _baseOffset), (int)position));
            _bytesSinceEntry = 0;
        }

        _bytesSinceEntry += batch.Size;
    }

    /// <summary>Returns the last entry at or before an offset: its batch is where to begin to look; the beginning where there is none.</summary>
    public OffsetEntry EntryOf(long offset)
    {
        var entries = _offsets.Items;
        var low = 0;
        var high = entries.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_baseOffset + entries[middle].RelativeOffset <= offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low == 0 ? default : entries[low - 1];
    }

    /// <summary>Returns the last entry whose timestamp is smaller: everything up to it is older, its own batch included.</summary>
    public TimeEntry? LastTimeBefore(long timestamp)
    {
        var entries = _times.Items;
        var low = 0;
        var high = entries.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (entries[middle].Timestamp < timestamp)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low == 0 ? null : entries[low - 1];
    }

    /// <summary>
    /// Writes both files, each at once and durable but for its name, with the largest timestamp as the last entry, as Kafka does when it closes
    /// a segment.
    /// </summary>
    public void Write(IFileSystem files, string directory, string suffix = "")
    {
        AddTime();
        WriteEntries(files, PathOf(directory, SegmentFiles.OffsetIndex + suffix), _offsets.Items, OffsetEntry.Size,
            static (entry, bytes) => entry.Write(bytes));
        WriteEntries(files, PathOf(directory, SegmentFiles.TimeIndex + suffix), _times.Items, TimeEntry.Size,
            static (entry, bytes) => entry.Write(bytes));
    }

    private static string? FindFault(ReadOnlySpan<OffsetEntry> offsets, ReadOnlySpan<TimeEntry> times, long logSize)
    {
        var last = new OffsetEntry(0, 0);
        foreach (var entry in offsets)
        {
            if (entry.RelativeOffset <= last.RelativeOffset || entry.Position <= last.Position || entry.Position >= logSize)
            {
                return $"an offset entry {entry.RelativeOffset} at {entry.Position} after {last.RelativeOffset} at {last.Position}";
            }

            last = entry;
        }

        var time = new TimeEntry(-1, -1);
        foreach (var entry in times)
        {
            if (entry.Timestamp <= time.Timestamp || entry.RelativeOffset <= time.RelativeOffset)
            {
                return $"a time entry {entry.Timestamp} at {entry.RelativeOffset} after {time.Timestamp} at {time.RelativeOffset}";
            }

            time = entry;
        }

        return logSize == 0 && times.Length > 0 ? "times without records" : null;
    }

    private static GrowingList<T>? ParseEntries<T>(byte[] bytes, int size, Func<ReadOnlySpan<byte>, T> read)
        where T : struct
    {
        if (bytes.Length % size != 0)
        {
            return null;
        }

        var entries = new GrowingList<T>(bytes.Length / size);
        for (var position = 0; position < bytes.Length; position += size)
        {
            entries.Add(read(bytes.AsSpan(position)));
        }

        return entries;
    }

    private static void WriteEntries<T>(IFileSystem files, string path, ReadOnlySpan<T> entries, int size, Action<T, Span<byte>> write)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(entries.Length * size);
        try
        {
            for (var index = 0; index < entries.Length; index++)
            {
                write(entries[index], bytes.AsSpan(index * size, size));
            }

            AtomicFile.Replace(files, path, bytes.AsSpan(0, entries.Length * size));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void AddTime()
    {
        var last = _times.Count == 0 ? -1 : _times.Items[^1].Timestamp;
        if (_maxTimestamp > last)
        {
            _times.Add(new(_maxTimestamp, (int)(_maxTimestampOffset - _baseOffset)));
        }
    }

    private string PathOf(string directory, string suffix) => FilePath.Join(directory, SegmentFiles.Name(_baseOffset, suffix));
}
