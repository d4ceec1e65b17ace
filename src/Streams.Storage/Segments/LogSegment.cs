using Streams.Protocol.Records;
using Streams.Storage.Files;

namespace Streams.Storage.Segments;

/// <summary>
/// One segment: its log file and its indexes. The owner appends and closes; readers hold it with <see cref="TryAcquire"/> while they read, so
/// that the file stays open under them when retention or compaction takes the segment away.
/// </summary>
internal sealed class LogSegment
{
    private const long Unknown = long.MinValue;

    private readonly SegmentContext _context;
    private readonly Lock _opening = new();

    // Its index files: written by one at a time, and by nobody once they are somebody else's or gone. Taken before the lock above.
    private readonly Lock _indexing = new();
    private volatile ILogFile? _file;
    private volatile SegmentIndex? _held;
    private volatile WeakReference<SegmentIndex>? _read;
    private long _maxTimestamp = Unknown;
    private long _size;
    private int _users = 1;
    private bool _isIndexUnwritten;
    private bool _retired;

    /// <summary>Takes a segment that exists.</summary>
    public LogSegment(SegmentContext context, long baseOffset, long size)
    {
        _context = context;
        _size = size;
        BaseOffset = baseOffset;
        Path = context.PathOf(baseOffset, SegmentFiles.Log);
    }

    /// <summary>Gets the offset it begins with.</summary>
    public long BaseOffset { get; }

    /// <summary>Gets the path of its log file.</summary>
    public string Path { get; }

    /// <summary>Gets how many bytes of whole batches it holds.</summary>
    public long Size => Volatile.Read(ref _size);

    /// <summary>Gets the largest timestamp of its first batch, from which its age counts; <see langword="null"/> where it is empty.</summary>
    public long? FirstTimestamp { get; private set; }

    /// <summary>Gets the largest timestamp of its records; -1 where none has one.</summary>
    public long MaxTimestamp
    {
        get
        {
            if (_held is { } held)
            {
                return held.MaxTimestamp;
            }

            var known = Volatile.Read(ref _maxTimestamp);
            return known != Unknown ? known : Index.MaxTimestamp;
        }
    }

    /// <summary>Gets the log file, opened when it is needed first.</summary>
    public ILogFile File => _file ?? Open();

    /// <summary>Gets the indexes; those of a closed segment are read, or made again where they are missing or cannot be right.</summary>
    public SegmentIndex Index => _held ?? (_read is { } read && read.TryGetTarget(out var index) ? index : LoadIndex());

    /// <summary>Creates an empty segment, ready for appends. Its indexes are in memory until it is closed.</summary>
    /// <exception cref="StreamsException">Nothing has changed, but an empty file may have been left.</exception>
    public static LogSegment Create(SegmentContext context, long baseOffset)
    {
        var segment = new LogSegment(context, baseOffset, 0);
        segment._file = context.Files.Open(segment.Path, FileOpening.Create);
        segment.BeginAppends(new SegmentIndex(baseOffset));
        return segment;
    }

    /// <summary>Makes an existing segment ready for appends, with the index that was read or made for it.</summary>
    public void BeginAppends(SegmentIndex index)
    {
        FirstTimestamp = ReadFirstTimestamp();
        _isIndexUnwritten = true;
        _held = index;
    }

    /// <summary>Writes a batch at the end. What a failed write has left behind is cut off again.</summary>
    /// <exception cref="StreamsException">DiskFull: nothing has changed. Everything else: the file may hold anything behind its size.</exception>
    public void Append(ReadOnlySpan<byte> batch, in RecordBatchHeader header)
    {
        var position = _size;
        var file = File;
        try
        {
            file.Write(batch, position);
        }
        catch (StreamsException error) when (error.Code == StreamsErrorCode.DiskFull)
        {
            file.Truncate(position);
            throw;
        }

        _held!.Add(header, position, _context.IndexIntervalBytes);
        FirstTimestamp ??= header.MaxTimestamp;

        // Last: whoever sees the size finds the bytes and the index.
        Volatile.Write(ref _size, position + batch.Length);
    }

    /// <summary>Whether a batch belongs into the next segment: size, age, and the range of the index decide, as in Kafka.</summary>
    public bool NeedsRoll(int batchBytes, long lastOffset, long maxTimestamp, int segmentBytesMax, TimeSpan ageMax)
        => _size > 0
            && (_size + batchBytes > segmentBytesMax
                || lastOffset - BaseOffset > int.MaxValue
                || (FirstTimestamp is { } first && maxTimestamp - first > ageMax.TotalMilliseconds));

    /// <summary>Makes what was written so far durable.</summary>
    public void Sync() => File.Sync();

    /// <summary>Returns where to begin to read for an offset: at or before the batch that holds it.</summary>
    public long PositionOf(long offset)
    {
        var entry = Index.EntryOf(offset);
        if (entry.Position == 0
            || (TryReadHeader(entry.Position, out var header) && header.LastOffset == BaseOffset + entry.RelativeOffset))
        {
            return entry.Position;
        }

        return RebuiltIndex($"it leads to position {entry.Position} for offset {BaseOffset + entry.RelativeOffset}")
            ?.EntryOf(offset).Position ?? 0;
    }

    /// <summary>Returns where to begin to read for a timestamp: at or before the first batch that holds it or a later one.</summary>
    public long PositionOfTime(long timestamp)
    {
        var entry = Index.LastTimeBefore(timestamp);
        if (entry is not { } before)
        {
            return 0;
        }

        if (TryFindBatch(BaseOffset + before.RelativeOffset, out var position, out var header)
            && header.MaxTimestamp == before.Timestamp)
        {
            return position;
        }

        entry = RebuiltIndex($"it promises the time {before.Timestamp} in another batch")?.LastTimeBefore(timestamp);
        return entry is { } sound ? PositionOf(BaseOffset + sound.RelativeOffset) : 0;
    }

    /// <summary>Reads the header of the batch at a position; <see langword="false"/> where none can begin there.</summary>
    public bool TryReadHeader(long position, out RecordBatchHeader header)
    {
        Span<byte> bytes = stackalloc byte[RecordBatchLayout.HeaderSize];
        header = default;
        if (position < 0 || position > Size - bytes.Length || File.Read(bytes, position) < bytes.Length
            || !RecordBatchHeader.TryReadSize(bytes, out var size) || size > Size - position)
        {
            return false;
        }

        header = RecordBatchHeader.Read(bytes);
        return header.Magic == RecordBatchLayout.MagicValue;
    }

    /// <summary>Finds the batch that holds an offset, or the first one behind it.</summary>
    public bool TryFindBatch(long offset, out long position, out RecordBatchHeader header)
    {
        for (position = PositionOf(offset); TryReadHeader(position, out header); position += header.Size)
        {
            if (header.LastOffset >= offset)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes the indexes of a segment that takes no appends any more; their names become durable with the folder.</summary>
    public void WriteIndexes()
    {
        lock (_indexing)
        {
            if (_isIndexUnwritten && !_retired && _held is { } index)
            {
                index.Write(_context.Files, _context.Directory);
                _isIndexUnwritten = false;
                Remember(index);
                _held = null;
            }
        }
    }

    /// <summary>Opens the file and keeps the indexes in memory, so that readers need no name on disk any more.</summary>
    public void Pin()
    {
        _ = File;
        var index = Index;
        lock (_indexing)
        {
            _held ??= index;
        }
    }

    /// <summary>Leaves the names of its index files to others. Whoever replaces a segment retires it first.</summary>
    public void Retire()
    {
        lock (_indexing)
        {
            _retired = true;
        }
    }

    /// <summary>Retires the segment and deletes its files. A crash in between leaves indexes without a log, which the next start removes.</summary>
    public void DeleteFiles()
    {
        lock (_indexing)
        {
            _retired = true;
            foreach (var suffix in SegmentFiles.All)
            {
                _context.Files.DeleteFile(_context.PathOf(BaseOffset, suffix));
            }
        }
    }

    /// <summary>Holds the segment open for a reader, unless it is gone already; every success needs one <see cref="Release"/>.</summary>
    public bool TryAcquire()
    {
        var users = Volatile.Read(ref _users);
        while (users > 0)
        {
            var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users)
            {
                return true;
            }

            users = seen;
        }

        return false;
    }

    /// <summary>Lets go; the last one closes the file. The owner releases once, at the end.</summary>
    public void Release()
    {
        var users = Interlocked.Decrement(ref _users);
        Invariant.Holds(users >= 0, "A segment is released as often as it was acquired.");
        if (users == 0)
        {
            lock (_opening)
            {
                _file?.Dispose();
                _file = null;
            }
        }
    }

    private ILogFile Open()
    {
        lock (_opening)
        {
            return _file ??= _context.Files.Open(Path, FileOpening.ReadWrite);
        }
    }

    private SegmentIndex LoadIndex()
    {
        lock (_indexing)
        {
            if (_held is { } held)
            {
                return held;
            }

            if (_read is { } read && read.TryGetTarget(out var index))
            {
                return index;
            }

            index = SegmentIndex.TryRead(_context.Files, _context.Directory, BaseOffset, Size, out var fault);
            if (index is not null)
            {
                fault = SegmentIndexCheck.FindFault(this, index, _context.IndexIntervalBytes);
            }

            index = fault is null ? index! : Rebuild(fault);
            Remember(index);
            return index;
        }
    }

    /// <summary>Makes the indexes of a closed segment again; <see langword="null"/> while it takes appends, where only a full search helps.</summary>
    private SegmentIndex? RebuiltIndex(string fault)
    {
        lock (_indexing)
        {
            if (_isIndexUnwritten)
            {
                return null;
            }

            var index = Rebuild(fault);
            Remember(index);
            return index;
        }
    }

    private SegmentIndex Rebuild(string fault)
    {
        var index = SegmentScanner.Scan(File, Size, BaseOffset, OffsetBounds.From(BaseOffset), _context.IndexIntervalBytes).Index;
        if (SegmentIndexCheck.FindFault(this, index, _context.IndexIntervalBytes) is not null)
        {
            // The log itself is damaged. What was made is kept in memory, or every look at it would read all of the log again.
            _held = index;
        }

        if (_retired)
        {
            return index;
        }

        SegmentLog.IndexesRebuilt(_context.Logger, Path, fault);
        try
        {
            index.Write(_context.Files, _context.Directory);
        }
        catch (StreamsException error)
        {
            // Whoever reads gets what was made; on a full or a read-only disk it is made again next time.
            SegmentLog.IndexesNotWritten(_context.Logger, error, Path);
        }

        return index;
    }

    private void Remember(SegmentIndex index)
    {
        Volatile.Write(ref _maxTimestamp, index.MaxTimestamp);
        _read = new(index);
    }

    private long? ReadFirstTimestamp() => TryReadHeader(0, out var header) ? header.MaxTimestamp : null;
}
