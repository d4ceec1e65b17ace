using Microsoft.Extensions.Logging;
using Streams.Protocol.Records;
using Streams.Storage.Files;
using Streams.Storage.Flushing;
using Streams.Storage.Segments;

namespace Streams.Storage;

/// <summary>
/// The ordered segments of one partition. Made and closed by its <see cref="LogStore"/>. Appends are serialised inside; everything is thread-safe.
/// </summary>
/// <remarks>
/// Three locks, always taken in this order and never while somebody is told: upkeep (retention, compaction, moving the start), flush (one at a
/// time), state (short: appends and what they change). Readers take none: they work on the array of segments as it was when they began.
/// </remarks>
internal sealed partial class SegmentedLog : IFlushable
{
    private readonly Lock _upkeep = new();
    private readonly Lock _flushing = new();
    private readonly Lock _state = new();
    private readonly IFileSystem _files;
    private readonly string _directory;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly FlushQueue _flushes;
    private readonly ILogCheckpoints _checkpoints;
    private readonly LogReader _reader = new();
    private readonly DurabilityWaiters _waiters = new();
    private readonly List<LogSegment> _unsynced = [];
    private readonly int _epoch;
    private volatile LogSegment[] _segments;
    private volatile LogOptions _options;
    private volatile StreamsException? _failure;
    private long _startOffset;
    private long _endOffset;
    private long _highWatermark;
    private long _syncRequired;
    private long _synced;
    private long _cleanOffset;
    private long _suspectOffset = long.MaxValue;
    private FlushState _flushState;
    private bool _namesUnsynced;
    private bool _rolled;
    private bool _closed;

    /// <summary>Initializes a new instance of the <see cref="SegmentedLog"/> class over what was loaded, all of which is on disk.</summary>
    public SegmentedLog(TopicPartition partition, LogContext context, LogState state, LogOptions options)
    {
        Partition = partition;
        _files = context.Files;
        _directory = context.Directory;
        _time = context.Time;
        _logger = context.Logger;
        _flushes = context.Flushes;
        _checkpoints = context.Checkpoints;
        _segments = state.Segments;
        _startOffset = state.StartOffset;
        _endOffset = _highWatermark = _synced = _syncRequired = state.EndOffset;
        _cleanOffset = state.CleanOffset;
        _epoch = state.LeaderEpoch;
        _options = options;
        _waiters.Advance(state.EndOffset);
    }

    /// <summary>Raised when more became visible: outside all locks, on the thread that made it so; a handler must not block.</summary>
    public event Action<SegmentedLog>? HighWatermarkMoved;

    private enum FlushState
    {
        Idle,
        Queued,
        Running,
        RunningAndWanted,
    }

    /// <summary>Gets the partition.</summary>
    public TopicPartition Partition { get; }

    /// <summary>Gets the options in force.</summary>
    public LogOptions Options => _options;

    /// <summary>Gets the first offset that may be read.</summary>
    public long StartOffset => Volatile.Read(ref _startOffset);

    /// <summary>Gets the offset the next record gets.</summary>
    public long EndOffset => Volatile.Read(ref _endOffset);

    /// <summary>Gets the end of what is as durable as promised, and therefore visible.</summary>
    public long HighWatermark => Volatile.Read(ref _highWatermark);

    /// <summary>Gets the bytes of all segments.</summary>
    public long SizeBytes => _segments.Sum(segment => segment.Size);

    /// <summary>Gets the leader epoch new batches are stamped with; grows with every start after an unclean stop.</summary>
    public int LeaderEpoch => _epoch;

    /// <summary>Gets why the log takes nothing any more; <see langword="null"/> while it is sound.</summary>
    public StreamsException? Failure => _failure;

    private LogSegment Active => _segments[^1];

    /// <summary>Takes new options. Records written before keep the durability they have.</summary>
    public void Reconfigure(LogOptions options) => _options = options;

    /// <summary>Stamps offsets and epoch into a batch, writes it, and returns without waiting for its durability.</summary>
    /// <param name="batch">One sound batch (the caller has checked it); changed in place outside its checksum.</param>
    /// <exception cref="StreamsException">MessageTooLarge, DiskFull (the log goes on when there is room), StorageFailed, Closed.</exception>
    public AppendedBatch Append(Span<byte> batch)
    {
        var options = _options;
        if (batch.Length > options.BatchBytesMax)
        {
            throw LogErrors.TooLarge(Partition, batch.Length, options.BatchBytesMax);
        }

        AppendedBatch appended;
        bool moved;
        try
        {
            lock (_state)
            {
                appended = AppendLocked(batch, options);
                moved = AdvanceLocked();
            }
        }
        catch (StreamsException) when (_failure is not null)
        {
            // The waiters are told outside the lock.
            _waiters.Fail(_failure);
            throw;
        }

        if (moved)
        {
            TellMoved();
        }

        return appended;
    }

    /// <summary>Completes once everything below the offset is as durable as promised. Nothing is allocated when it is already.</summary>
    /// <exception cref="StreamsException">StorageFailed: it never will be. Closed.</exception>
    public ValueTask WaitUntilDurableAsync(long endOffset, CancellationToken cancellationToken)
        => endOffset <= HighWatermark ? ValueTask.CompletedTask : _waiters.WaitAsync(endOffset, cancellationToken);

    /// <summary>
    /// Reads whole batches from the one that holds the offset, below the high watermark, at least one where there is one, otherwise as many as fit.
    /// </summary>
    /// <exception cref="StreamsException">OffsetOutOfRange: below the start or above the end; StorageFailed; Corrupt.</exception>
    public LogRead Read(long offset, int bytesMax)
    {
        try
        {
            while (true)
            {
                CheckRange(offset);
                if (_reader.TryRead(_segments, offset, HighWatermark, bytesMax, out var read))
                {
                    return read;
                }

                ThrowIfClosed();
            }
        }
        catch (StreamsException error) when (error.Code == StreamsErrorCode.Corrupt)
        {
            Suspect(offset);
            throw;
        }
    }

    /// <summary>Returns the offset of the first visible record with this timestamp or a later one, also inside compressed batches.</summary>
    public long? OffsetAtTime(long timestamp)
    {
        while (true)
        {
            if (LogReader.TryFindTime(_segments, timestamp, StartOffset, HighWatermark, out var offset))
            {
                return offset;
            }

            ThrowIfClosed();
        }
    }

    private AppendedBatch AppendLocked(Span<byte> batch, LogOptions options)
    {
        ThrowIfClosed();
        if (_failure is { } failure)
        {
            throw LogErrors.Repeat(failure);
        }

        RecordBatch.Stamp(batch, _endOffset, _epoch);
        var header = RecordBatchHeader.Read(batch);
        try
        {
            if (Active.NeedsRoll(batch.Length, header.LastOffset, header.MaxTimestamp, options.SegmentBytesMax, options.SegmentAgeMax))
            {
                RollLocked();
            }

            Active.Append(batch, header);
        }
        catch (StreamsException error) when (error.Code != StreamsErrorCode.DiskFull)
        {
            FailLocked(error);
            throw;
        }

        MarkUnsynced(Active);
        Volatile.Write(ref _endOffset, header.NextOffset);
        Promise(options.Durability);
        return new(header.BaseOffset, header.LastOffset);
    }

    private void Promise(Durability durability)
    {
        switch (durability)
        {
            case Durability.Fsync:
                _syncRequired = _endOffset;
                RequestFlushLocked();
                break;
            case Durability.FsyncEach:
                _syncRequired = _endOffset;
                SyncAllLocked();
                break;
            default:
                break;
        }
    }

    private void SyncAllLocked()
    {
        try
        {
            Sync(_unsynced, _namesUnsynced);
            _unsynced.Clear();
            _namesUnsynced = false;
            _synced = _endOffset;
        }
        catch (StreamsException error)
        {
            FailLocked(error);
            throw;
        }
    }

    // What is closed must be whole before recovery may trust it, so a flush follows every roll, whatever the topic promises.
    private void RollLocked()
    {
        var closing = Active;
        var next = LogSegment.Create(_files, _directory, _endOffset, _options.IndexIntervalBytes);
        try
        {
            closing.EndAppends(sync: false);
        }
        catch
        {
            next.Release();
            throw;
        }

        _segments = [.. _segments, next];
        _namesUnsynced = true;
        _rolled = true;
        MarkUnsynced(closing);
        RequestFlushLocked();
    }

    private void MarkUnsynced(LogSegment segment)
    {
        if (_unsynced.Count == 0 || !ReferenceEquals(_unsynced[^1], segment))
        {
            _unsynced.Add(segment);
        }
    }

    /// <returns>Whether more is visible than before.</returns>
    private bool AdvanceLocked()
    {
        // Records that promised less are visible at once, but never before older ones that promised more.
        var visible = _synced >= _syncRequired ? _endOffset : _synced;
        if (visible <= _highWatermark)
        {
            return false;
        }

        Volatile.Write(ref _highWatermark, visible);
        return true;
    }

    private void TellMoved()
    {
        _waiters.Advance(HighWatermark);
        HighWatermarkMoved?.Invoke(this);
    }

    private void Suspect(long offset)
    {
        lock (_state)
        {
            _suspectOffset = Math.Min(_suspectOffset, offset);
        }
    }

    private void FailLocked(StreamsException error)
    {
        if (_failure is null)
        {
            _failure = LogErrors.Failed(Partition, error);
            StorageLog.LogFailed(_logger, error, Partition, error.Message);
        }
    }

    private void CheckRange(long offset)
    {
        var start = StartOffset;
        var end = EndOffset;
        if (offset < start || offset > end)
        {
            throw LogErrors.OutOfRange(Partition, offset, start, end);
        }
    }

    private void ThrowIfClosed()
    {
        if (Volatile.Read(ref _closed))
        {
            throw LogErrors.Closed(Partition);
        }
    }
}
