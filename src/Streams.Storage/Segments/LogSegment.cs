using Streams.Protocol.Records;
using Streams.Storage.Files;

namespace Streams.Storage.Segments;

/// <summary>
/// One segment: its log file and its indexes. The owner appends and closes; readers hold it with <see cref="TryAcquire"/> while they read, so
/// that the file stays open under them when retention or compaction takes the segment away.
/// </summary>
internal sealed class LogSegment
{
    private readonly IFileSystem _files;
    private readonly string _directory;
    private readonly int _indexIntervalBytes;
    private readonly Lock _opening = new();
    private ILogFile? _file;
    private SegmentIndex? _growing;
    private WeakReference<SegmentIndex>? _index;
    private long _size;
    private int _users = 1;

    /// <summary>Takes a segment that exists.</summary>
    public LogSegment(IFileSystem files, string directory, long baseOffset, long size, int indexIntervalBytes)
    {
        _files = files;
        _directory = directory;
        _indexIntervalBytes = indexIntervalBytes;
        _size = size;
        BaseOffset = baseOffset;
        Path = FilePath.Join(directory, SegmentFiles.Name(baseOffset, SegmentFiles.Log));
    }

    /// <summary>Gets the offset it begins with.</summary>
    public long BaseOffset { get; }

    /// <summary>Gets the path of its log file.</summary>
    public string Path { get; }

    /// <summary>Gets how many bytes of whole batches it holds.</summary>
    public long Size => Volatile.Read(ref _size);

    /// <summary>Gets the largest timestamp of its first batch, from which its age counts; <see langword="null"/> where it is empty.</summary>
    public long? FirstTimestamp { get; private set; }

    /// <summary>Gets the largest timestamp of its records, or -1.</summary>
    public long MaxTimestamp => Index.MaxTimestamp;

    /// <summary>Gets the log file, opened when it is needed first.</summary>
    public ILogFile File
    {
        get
        {
            lock (_opening)
            {
                return _file ??= _files.Open(Path, FileOpening.ReadWrite);
            }
        }
    }

    /// <summary>Gets the indexes; those of a closed segment are read, or made again where they are missing or cannot be right.</summary>
    public SegmentIndex Index
    {
        get
        {
            lock (_opening)
            {
                if (_growing is not null)
                {
                    return _growing;
                }

                if (_index is not null && _index.TryGetTarget(out var index))
                {
                    return index;
                }

                index = SegmentIndex.TryRead(_files, _directory, BaseOffset, Size) ?? Rebuild();
                _index = new(index);
                return index;
            }
        }
    }

    /// <summary>Creates an empty segment with its three files, ready for appends.</summary>
    public static LogSegment Create(IFileSystem files, string directory, long baseOffset, int indexIntervalBytes)
    {
        // The indexes first: a log file without them would be taken for an older one whose indexes are lost.
        new SegmentIndex(baseOffset).Write(files, directory, "", sync: false);
        var segment = new LogSegment(files, directory, baseOffset, 0, indexIntervalBytes) { _growing = new(baseOffset) };
        segment._file = files.Open(segment.Path, FileOpening.Create);
        return segment;
    }

    /// <summary>Makes an existing segment ready for appends, with the index that was read or made for it.</summary>
    public void BeginAppends(SegmentIndex? index = null)
    {
        FirstTimestamp = ReadFirstTimestamp();
        var growing = index ?? Index;
        lock (_opening)
        {
            _growing = growing;
        }
    }

    /// <summary>Writes a batch at the end. What a failed write has left behind is cut off again.</summary>
    /// <exception cref="StreamsException">DiskFull: nothing has changed. Everything else: the file may hold anything behind its size.</exception>
    public void Append(ReadOnlySpan<byte> batch, in RecordBatchHeader header)
    {
        var position = _size;
        var file = _file ?? File;
        try
        {
            file.Write(batch, position);
        }
        catch (StreamsException error) when (error.Code == StreamsErrorCode.DiskFull)
        {
            file.Truncate(position);
            throw;
        }

        _growing!.Add(header, position, _indexIntervalBytes);
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

    /// <summary>Ends the appends and writes the indexes.</summary>
    public void EndAppends(bool sync)
    {
        if (_growing is { } index)
        {
            index.Write(_files, _directory, "", sync);
            lock (_opening)
            {
                _index = new(index);
                _growing = null;
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
        if (Interlocked.Decrement(ref _users) == 0)
        {
            lock (_opening)
            {
                _file?.Dispose();
                _file = null;
            }
        }
    }

    /// <summary>Deletes the files. A crash in between leaves indexes without a log, which the next start removes.</summary>
    public void DeleteFiles()
    {
        _files.DeleteFile(Path);
        _files.DeleteFile(FilePath.Join(_directory, SegmentFiles.Name(BaseOffset, SegmentFiles.TimeIndex)));
        _files.DeleteFile(FilePath.Join(_directory, SegmentFiles.Name(BaseOffset, SegmentFiles.OffsetIndex)));
    }

    private SegmentIndex Rebuild()
    {
        using var file = _files.Open(Path, FileOpening.Read);
        var index = SegmentScanner.Scan(file, Size, BaseOffset, BaseOffset, _indexIntervalBytes).Index;
        index.Write(_files, _directory, "", sync: true);
        return index;
    }

    private long? ReadFirstTimestamp()
    {
        if (Size < RecordBatchLayout.HeaderSize)
        {
            return null;
        }

        Span<byte> header = stackalloc byte[RecordBatchLayout.HeaderSize];
        File.Read(header, 0);
        return RecordBatchHeader.Read(header).MaxTimestamp;
    }
}
