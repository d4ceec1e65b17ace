using Streams.Protocol.Records;
using Streams.Storage.Flushing;
using Streams.Storage.Segments;

namespace Streams.Storage;

/// <summary>
/// The ordered segments of one partition. Made and closed by its <see cref="LogStore"/>. Appends are serialised inside; everything is thread-safe.
/// </summary>
/// <remarks>
/// Three locks, always taken in this order and never held while somebody is told: upkeep (retention, compaction, moving the start), flush (one at
/// a time), state (short: appends and what they change). Readers take none: they work on the array of segments as it was when they began.
/// </remarks>
internal sealed partial class SegmentedLog : IFlushable
{
    private readonly Lock _upkeep = new();
    private readonly Lock _flushing = new();
    private readonly Lock _state = new();
    private readonly SegmentContext _context;
    private readonly TimeProvider _time;
    private readonly FlushQueue _flushes;
    private readonly ILogCheckpoints _checkpoints;
    private readonly LogReader _reader = new();
    private readonly DurabilityWaiters _waiters = new();
    private readonly LogCompaction _compaction;
    private readonly CancellationTokenSource _ending = new();
    private readonly List<LogSegment> _unsynced = [];
    private readonly List<LogSegment> _unindexed = [];
    private readonly int _epoch;
    private volatile LogSegment[] _segments;
    private volatile LogOptions _options;
    private volatile StreamsException? _failure;
    private long _startOffset;
    private long _endOffset;
    private long _highWatermark;
    private long _syncRequired;
    private long _synced;
    private long _suspectOffset = long.MaxValue;
    private FlushState _flushState;
    private bool _namesUnsynced;
    private bool _rolled;
    private bool _closed;
    private bool _ended;

    /// <summary>Initializes a new instance of the <see cref="SegmentedLog"/> class over what was loaded, all of which is on disk.</summary>
    public SegmentedLog(TopicPartition partition, LogContext context, LogState state, LogOptions options)
    {
        Partition = partition;
        _context = context.Segments;
        _time = context.Time;
        _flushes = context.Flushes;
        _checkpoints = context.Checkpoints;
        _segments = state.Segments;
        _startOffset = state.StartOffset;
        _endOffset = _highWatermark = _synced = _syncRequired = state.EndOffset;
        _epoch = state.LeaderEpoch;
        _options = options;
        _compaction = new(this, context, state.CleanOffset);
        _waiters.Advance(state.EndOffset);
    }

    /// <summary>Raised when more became visible: outside all locks, on the thread that made it so; a handler must not block.</summary>
    public event Action<SegmentedLog>? HighWatermarkMoved;

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

    /// <summary>Gets all segments in order, as they are now.</summary>
    internal LogSegment[] Segments => _segments;

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

        var appended = options.Durability == Durability.FsyncEach
            ? AppendSynced(batch, options, out var moved)
            : Append(batch, options, out moved);
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
    /// <exception cref="StreamsException">OffsetOutOfRange: below the start or above the end; StorageFailed; Corrupt; Closed.</exception>
    public LogRead Read(long offset, int bytesMax)
    {
        while (true)
        {
            CheckRange(offset);

            // In this order, so that whatever is visible lies in these segments.
            var visible = HighWatermark;
            var segments = _segments;
            try
            {
                if (_reader.TryRead(segments, offset, visible, bytesMax, out var read))
                {
                    if (offset >= StartOffset)
                    {
                        return read;
                    }

                    read.Dispose();
                }
            }
            catch (StreamsException) when (!ReferenceEquals(segments, _segments))
            {
                // A segment was taken away under the reader: ask those there are now.
                continue;
            }
            catch (StreamsException error) when (error.Code == StreamsErrorCode.Corrupt)
            {
                Suspect(offset);
                throw;
            }

            ThrowIfClosed();
        }
    }

    /// <summary>Returns the offset of the first visible record with this timestamp or a later one, also inside compressed batches.</summary>
    /// <exception cref="StreamsException">StorageFailed; Corrupt; Closed.</exception>
    public long? OffsetAtTime(long timestamp)
    {
        while (true)
        {
            var visible = HighWatermark;
            var segments = _segments;
            try
            {
                if (LogReader.TryFindTime(segments, timestamp, StartOffset, visible, out var offset))
                {
                    return offset;
                }
            }
            catch (StreamsException) when (!ReferenceEquals(segments, _segments))
            {
                continue;
            }
            catch (StreamsException error) when (error.Code == StreamsErrorCode.Corrupt)
            {
                Suspect(StartOffset);
                throw;
            }

            ThrowIfClosed();
        }
    }

    private AppendedBatch Append(Span<byte> batch, LogOptions options, out bool moved)
    {
        try
        {
            lock (_state)
            {
                var appended = AppendLocked(batch, options);
                if (options.Durability == Durability.Fsync)
                {
                    _syncRequired = _endOffset;
                    RequestFlushLocked();
                }

                moved = AdvanceLocked();
                return appended;
            }
        }
        catch (StreamsException) when (_failure is { } failure)
        {
            // Those who wait are told outside the lock.
            _waiters.Fail(failure);
            throw;
        }
    }

    // Holds the lock of the flushes, not that of the state, while it waits for the disk.
    private AppendedBatch AppendSynced(Span<byte> batch, LogOptions options, out bool moved)
    {
        lock (_flushing)
        {
            AppendedBatch appended;
            lock (_state)
            {
                appended = AppendLocked(batch, options);
                _syncRequired = _endOffset;
            }

            moved = SyncWritten();
            if (HighWatermark >= appended.EndOffset)
            {
                return appended;
            }
        }

        _waiters.Fail(_failure!);
        throw LogErrors.Repeat(_failure!);
    }

    private AppendedBatch AppendLocked(Span<byte> batch, LogOptions options)
    {
        ThrowIfFailedOrClosed();
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
        return new(header.BaseOffset, header.LastOffset);
    }

    // A flush follows every roll, whatever the topic promises: it writes the indexes of the closed segment and moves the recovery point.
    private void RollLocked()
    {
        var closing = Active;
        var next = LogSegment.Create(_context, _endOffset);
        _segments = [.. _segments, next];
        _namesUnsynced = true;
        _rolled = true;
        _unindexed.Add(closing);
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
            StorageLog.LogFailed(_context.Logger, error, Partition, error.Message);
        }
    }

    /// <summary>Takes no records any more, and tells those who wait.</summary>
    internal void Fail(StreamsException error)
    {
        lock (_state)
        {
            FailLocked(error);
        }

        _waiters.Fail(_failure!);
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

    private void ThrowIfFailedOrClosed()
    {
        ThrowIfClosed();
        if (_failure is { } failure)
        {
            throw LogErrors.Repeat(failure);
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
