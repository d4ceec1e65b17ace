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

    /// <summary>Gets how many entries the offset index has.</summary>
    public int OffsetCount => _offsets.Count;

    /// <summary>Reads both files; <see langword="null"/> where they are missing or cannot belong to a log of that size.</summary>
    public static SegmentIndex? TryRead(IFileSystem files, string directory, long baseOffset, long logSize)
    {
        var offsetPath = FilePath.Join(directory, SegmentFiles.Name(baseOffset, SegmentFiles.OffsetIndex));
        var timePath = FilePath.Join(directory, SegmentFiles.Name(baseOffset, SegmentFiles.TimeIndex));
        if (!files.FileExists(offsetPath) || !files.FileExists(timePath))
        {
            return null;
        }

        var offsets = ReadEntries(files, offsetPath, OffsetEntry.Size, OffsetEntry.Read);
        var times = ReadEntries(files, timePath, TimeEntry.Size, TimeEntry.Read);
        return offsets is null || times is null || !IsPlausible(offsets.Items, times.Items, logSize)
            ? null
            : new(baseOffset, offsets, times);
    }

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

    /// <summary>Returns a position at or before the batch that holds the offset.</summary>
    public int PositionOf(long offset)
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

        return low == 0 ? 0 : entries[low - 1].Position;
    }

    /// <summary>Returns a position at or before the first batch that holds this timestamp or a later one.</summary>
    public int PositionOfTime(long timestamp)
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

        // Everything up to the entry before is older, its own batch included.
        return low == 0 ? 0 : PositionOf(_baseOffset + entries[low - 1].RelativeOffset);
    }

    /// <summary>Writes both files, with the largest timestamp as the last entry, as Kafka does when it closes a segment.</summary>
    public void Write(IFileSystem files, string directory, string suffix, bool sync)
    {
        AddTime();
        WriteEntries(files, PathOf(directory, SegmentFiles.OffsetIndex + suffix), _offsets.Items, OffsetEntry.Size, sync,
            static (entry, bytes) => entry.Write(bytes));
        WriteEntries(files, PathOf(directory, SegmentFiles.TimeIndex + suffix), _times.Items, TimeEntry.Size, sync,
            static (entry, bytes) => entry.Write(bytes));
    }

    private static bool IsPlausible(ReadOnlySpan<OffsetEntry> offsets, ReadOnlySpan<TimeEntry> times, long logSize)
    {
        var last = new OffsetEntry(0, 0);
        foreach (var entry in offsets)
        {
            if (entry.RelativeOffset <= last.RelativeOffset || entry.Position <= last.Position || entry.Position >= logSize)
            {
                return false;
            }

            last = entry;
        }

        var time = new TimeEntry(-1, -1);
        foreach (var entry in times)
        {
            if (entry.Timestamp <= time.Timestamp || entry.RelativeOffset <= time.RelativeOffset)
            {
                return false;
            }

            time = entry;
        }

        // Every segment with records has a time, unless none of its records does; then there is nothing to find either.
        return logSize > 0 || (offsets.IsEmpty && times.IsEmpty);
    }

    private static GrowingList<T>? ReadEntries<T>(IFileSystem files, string path, int size, Func<ReadOnlySpan<byte>, T> read)
        where T : struct
    {
        var bytes = AtomicFile.Read(files, path) ?? [];
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

    private static void WriteEntries<T>(
        IFileSystem files, string path, ReadOnlySpan<T> entries, int size, bool sync, Action<T, Span<byte>> write)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(entries.Length * size);
        try
        {
            for (var index = 0; index < entries.Length; index++)
            {
                write(entries[index], bytes.AsSpan(index * size, size));
            }

            using var file = files.Open(path, FileOpening.Create);
            file.Write(bytes.AsSpan(0, entries.Length * size), 0);
            if (sync)
            {
                file.Sync();
            }
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
