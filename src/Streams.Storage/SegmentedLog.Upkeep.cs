using Streams.Storage.Compaction;
using Streams.Storage.Segments;

namespace Streams.Storage;

/// <summary>What makes the log smaller: moving its start, retention, compaction. One at a time, beside appends and reads.</summary>
internal sealed partial class SegmentedLog
{
    /// <summary>Moves the start of the log forward, durably; the files go with the next retention.</summary>
    /// <exception cref="StreamsException">OffsetOutOfRange: above the high watermark.</exception>
    public void DeleteRecordsBefore(long offset)
    {
        lock (_upkeep)
        {
            ThrowIfClosed();
            if (offset > HighWatermark)
            {
                throw LogErrors.DeletedAboveEnd(Partition, offset, HighWatermark);
            }

            if (offset > StartOffset)
            {
                // Durable first: what was deleted must not come back after a crash.
                _checkpoints.SaveStartOffset(Partition, offset);
                Volatile.Write(ref _startOffset, offset);
            }
        }
    }

    /// <summary>
    /// Deletes whole segments that are too old or too many, from the oldest on. An active segment whose records are all too old is closed first,
    /// as Kafka does.
    /// </summary>
    /// <param name="lowestGroupOffset">The lowest committed offset of all known groups, where retention by time stops, or none.</param>
    /// <exception cref="StreamsException">StorageFailed; Closed.</exception>
    public RetentionResult ApplyRetention(long? lowestGroupOffset)
    {
        lock (_upkeep)
        {
            ThrowIfFailedOrClosed();
            var options = _options;
            var held = false;
            var newStart = StartOffset;
            if (options is { Delete: true, RetentionTime: { } age })
            {
                RollExpired(age, lowestGroupOffset);
                var byAge = SegmentRetention.StartByAge(_segments, _time.Before(age), HighWatermark, lowestGroupOffset, out held);
                newStart = Math.Max(newStart, byAge);
            }

            var overtook = false;
            if (options is { Delete: true, RetentionBytes: { } bytes })
            {
                var bySize = SegmentRetention.StartBySize(_segments, bytes, HighWatermark);
                overtook = bySize > newStart && lowestGroupOffset < bySize;
                newStart = Math.Max(newStart, bySize);
            }

            MoveStartPastSegments(newStart);
            var (count, deleted) = DeleteSegmentsBelow(StartOffset);
            return new(count, deleted, StartOffset, overtook, held);
        }
    }

    /// <summary>Rewrites closed segments so that each key keeps its last value only, when enough is dirty. Never blocks appends.</summary>
    /// <exception cref="StreamsException">DiskFull, StorageFailed: nothing has changed. Corrupt; Closed.</exception>
    public CompactionResult Compact(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ending.Token);
        lock (_upkeep)
        {
            ThrowIfFailedOrClosed();
            try
            {
                return _compaction.Run(_options, ending.Token);
            }
            catch (StreamsException error) when (error.Code == StreamsErrorCode.Corrupt)
            {
                Suspect(StartOffset);
                throw;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw LogErrors.Closed(Partition);
            }
        }
    }

    /// <summary>Puts one segment in the place of those it was made from. The caller holds the lock of the upkeep.</summary>
    internal void Exchange(List<LogSegment> old, LogSegment published)
    {
        lock (_state)
        {
            var segments = _segments;
            var at = Array.IndexOf(segments, old[0]);
            _segments = [.. segments[..at], published, .. segments[(at + old.Count)..]];
            Forget(old);
        }

        _reader.ForgetPositions();
        old.ForEach(segment => segment.Release());
    }

    private void MoveStartPastSegments(long offset)
    {
        if (offset <= StartOffset)
        {
            return;
        }

        try
        {
            _checkpoints.SaveStartOffset(Partition, offset);
        }
        catch (StreamsException error) when (error.Code == StreamsErrorCode.DiskFull)
        {
            // Deleting is what makes room. Without the checkpoint a crash may bring back old segments, which go with the next retention.
            StorageLog.StartNotSaved(_context.Logger, error, Partition, offset);
        }

        Volatile.Write(ref _startOffset, offset);
    }

    private void RollExpired(TimeSpan age, long? lowestGroupOffset)
    {
        var oldest = _time.Before(age);
        lock (_state)
        {
            var isExpired = Active.Size > 0
                && Active.MaxTimestamp >= 0
                && Active.MaxTimestamp < oldest
                && _highWatermark == _endOffset
                && !(lowestGroupOffset < _endOffset)
                && _failure is null;
            if (!isExpired)
            {
                return;
            }

            try
            {
                RollLocked();
            }
            catch (StreamsException error) when (error.Code == StreamsErrorCode.DiskFull)
            {
                // The segments before it can go all the same.
                StorageLog.ExpiredNotClosed(_context.Logger, error, Active.Path);
            }
        }
    }

    private (int Count, long Bytes) DeleteSegmentsBelow(long startOffset)
    {
        LogSegment[] gone;
        lock (_state)
        {
            var segments = _segments;
            var count = 0;
            while (count + 1 < segments.Length && segments[count + 1].BaseOffset <= startOffset)
            {
                count++;
            }

            gone = segments[..count];
            _segments = segments[count..];
            Forget(gone);
            if (count > 0 && _suspectOffset < _segments[0].BaseOffset)
            {
                _suspectOffset = long.MaxValue;
            }
        }

        if (gone.Length == 0)
        {
            return default;
        }

        _reader.ForgetPositions();
        var bytes = gone.Sum(segment => segment.Size);
        SegmentRetention.Discard(_context, gone);
        return (gone.Length, bytes);
    }

    private void Forget(IReadOnlyCollection<LogSegment> gone)
    {
        _unsynced.RemoveAll(gone.Contains);
        _unindexed.RemoveAll(gone.Contains);
    }
}
