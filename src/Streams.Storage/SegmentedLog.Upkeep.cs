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

            MoveStart(offset);
        }
    }

    /// <summary>
    /// Deletes whole segments that are too old or too many, from the oldest on. An active segment whose records are all too old is closed first,
    /// as Kafka does.
    /// </summary>
    /// <param name="lowestGroupOffset">The lowest committed offset of all known groups, where retention by time stops, or none.</param>
    public RetentionResult ApplyRetention(long? lowestGroupOffset)
    {
        lock (_upkeep)
        {
            ThrowIfClosed();
            var options = _options;
            var held = false;
            var newStart = StartOffset;
            if (options is { Delete: true, RetentionTime: { } age })
            {
                RollExpired(age, lowestGroupOffset);
                var byAge = SegmentRetention.StartByAge(_segments, Oldest(age), HighWatermark, lowestGroupOffset, out held);
                newStart = Math.Max(newStart, byAge);
            }

            var overtook = false;
            if (options is { Delete: true, RetentionBytes: { } bytes })
            {
                var bySize = SegmentRetention.StartBySize(_segments, bytes, HighWatermark);
                overtook = bySize > newStart && lowestGroupOffset < bySize;
                newStart = Math.Max(newStart, bySize);
            }

            MoveStart(newStart);
            var (count, deleted) = DeleteSegmentsBelow(StartOffset);
            return new(count, deleted, StartOffset, overtook, held);
        }
    }

    /// <summary>Rewrites closed segments so that each key keeps its last value only, when enough is dirty. Never blocks appends.</summary>
    /// <exception cref="StreamsException">DiskFull, StorageFailed: nothing has changed. Corrupt.</exception>
    public CompactionResult Compact(CancellationToken cancellationToken)
    {
        lock (_upkeep)
        {
            ThrowIfClosed();
            var options = _options;
            var cleanable = Cleanable(options);
            if (!options.Compact || !IsWorthCompacting(cleanable, options.MinDirtyRatio))
            {
                return new(_cleanOffset, 0, 0, 0);
            }

            var compactor = new SegmentCompactor(_files, _directory, options.IndexIntervalBytes, cancellationToken);
            try
            {
                var known = compactor.Learn(cleanable, Math.Max(_cleanOffset, StartOffset));
                return Rewrite(compactor, cleanable, known, options);
            }
            catch (StreamsException error) when (error.Code == StreamsErrorCode.Corrupt)
            {
                Suspect(StartOffset);
                throw;
            }
        }
    }

    private void MoveStart(long offset)
    {
        if (offset > StartOffset)
        {
            // Durable first: a segment whose deletion a crash undoes must not come back.
            _checkpoints.SaveStartOffset(Partition, offset);
            Volatile.Write(ref _startOffset, offset);
        }
    }

    private void RollExpired(TimeSpan age, long? lowestGroupOffset)
    {
        lock (_state)
        {
            var isExpired = Active.Size > 0
                && Active.MaxTimestamp < Oldest(age)
                && _highWatermark == _endOffset
                && !(lowestGroupOffset < _endOffset)
                && _failure is null;
            if (isExpired)
            {
                RollLocked();
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
        }

        if (gone.Length == 0)
        {
            return default;
        }

        _reader.ForgetPositions();
        var bytes = gone.Sum(segment => segment.Size);
        Discard(gone);
        return (gone.Length, bytes);
    }

    private void Discard(IEnumerable<LogSegment> segments)
    {
        foreach (var segment in segments)
        {
            try
            {
                segment.DeleteFiles();
            }
            catch (StreamsException error)
            {
                // The log does not need them any more; the next start deletes what lies below its start.
                StorageLog.DeletionFailed(_logger, error, segment.Path);
            }

            segment.Release();
        }
    }

    /// <summary>The closed and visible segments that are old enough.</summary>
    private LogSegment[] Cleanable(LogOptions options)
    {
        var segments = _segments;
        var newest = Oldest(options.MinCompactionLag);
        var count = 0;
        while (count + 1 < segments.Length
            && segments[count + 1].BaseOffset <= HighWatermark
            && (options.MinCompactionLag == TimeSpan.Zero || segments[count].MaxTimestamp <= newest))
        {
            count++;
        }

        return segments[..count];
    }

    private bool IsWorthCompacting(LogSegment[] cleanable, double ratio)
    {
        var total = cleanable.Sum(segment => segment.Size);
        var dirty = cleanable.Where(segment => segment.BaseOffset >= _cleanOffset).Sum(segment => segment.Size);
        return dirty > 0 && dirty >= ratio * total;
    }

    private CompactionResult Rewrite(SegmentCompactor compactor, LogSegment[] cleanable, long known, LogOptions options)
    {
        long before = 0;
        long after = 0;
        long removed = 0;
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var group in SegmentGroups.Of(cleanable.TakeWhile(segment => segment.BaseOffset < known), options.SegmentBytesMax))
        {
            var (writer, gone) = compactor.Write(group, now, options.DeleteRetention);
            using (writer)
            {
                writer.Commit();
                before += group.Sum(segment => segment.Size);
                removed += gone;
                after += Exchange(group, writer).Size;
            }
        }

        _cleanOffset = known;
        _checkpoints.SaveCleanOffset(Partition, known);
        return new(known, before, after, removed);
    }

    // The order of Kafka's replaceSegments: the swap file is committed, the old files go, the swap file gets its name. A crash anywhere
    // leaves the old segments or the new one.
    private LogSegment Exchange(List<LogSegment> old, SegmentWriter writer)
    {
        LogSegment published;
        try
        {
            foreach (var segment in old.Skip(1))
            {
                segment.DeleteFiles();
            }

            published = writer.Publish();
        }
        catch (StreamsException error)
        {
            // Old and new files are mixed now; the next start finishes the exchange.
            lock (_state)
            {
                FailLocked(error);
            }

            throw;
        }

        lock (_state)
        {
            var segments = _segments;
            var at = Array.IndexOf(segments, old[0]);
            _segments = [.. segments[..at], published, .. segments[(at + old.Count)..]];
            _unsynced.RemoveAll(old.Contains);
        }

        _reader.ForgetPositions();
        old.ForEach(segment => segment.Release());
        return published;
    }

    private long Oldest(TimeSpan age) => (_time.GetUtcNow() - age).ToUnixTimeMilliseconds();
}
