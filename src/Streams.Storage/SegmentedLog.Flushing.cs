using Streams.Storage.Flushing;
using Streams.Storage.Segments;

namespace Streams.Storage;

/// <summary>How written records become durable, and how the log ends.</summary>
internal sealed partial class SegmentedLog
{
    /// <inheritdoc />
    void IFlushable.Flush()
    {
        lock (_flushing)
        {
            lock (_state)
            {
                _flushState = FlushState.Running;
            }

            FlushOnce();

            lock (_state)
            {
                var again = _flushState == FlushState.RunningAndWanted && _failure is null && !_closed;
                _flushState = FlushState.Idle;
                if (again)
                {
                    RequestFlushLocked();
                }
            }
        }
    }

    /// <summary>Ends the log: syncs all of it, writes the indexes, and closes the files.</summary>
    /// <returns>The offset below which nothing needs to be checked at the next start; <see langword="null"/> where the end failed.</returns>
    internal long? Close()
    {
        lock (_upkeep)
        {
            lock (_state)
            {
                if (_closed)
                {
                    return null;
                }

                Volatile.Write(ref _closed, true);
            }

            lock (_flushing)
            {
                FlushOnce();
                var point = WriteIndexes();
                End();
                return point;
            }
        }
    }

    /// <summary>Ends the log without caring for its records, which are about to be deleted.</summary>
    internal void Abandon()
    {
        Volatile.Write(ref _closed, true);
        lock (_upkeep)
        {
            lock (_flushing)
            {
                End();
            }
        }
    }

    private void RequestFlushLocked()
    {
        switch (_flushState)
        {
            case FlushState.Idle:
                _flushState = FlushState.Queued;
                _flushes.Enqueue(this);
                break;
            case FlushState.Running:
                _flushState = FlushState.RunningAndWanted;
                break;
            default:
                break;
        }
    }

    /// <summary>One group commit: everything written until now becomes durable with one sync of each file, outside the lock of the appends.</summary>
    private void FlushOnce()
    {
        LogSegment[] segments;
        long end;
        bool names;
        bool rolled;
        lock (_state)
        {
            if (_failure is not null)
            {
                return;
            }

            segments = [.. _unsynced.Where(segment => segment.TryAcquire())];
            end = _endOffset;
            names = _namesUnsynced;
            rolled = _rolled;
            _unsynced.Clear();
            _namesUnsynced = false;
            _rolled = false;
        }

        var moved = false;
        try
        {
            Sync(segments, names);
            lock (_state)
            {
                _synced = Math.Max(_synced, end);
                moved = AdvanceLocked();
            }
        }
        catch (StreamsException error)
        {
            // Never tried again: the kernel may have dropped the pages, and a second sync would report success for what is lost.
            lock (_state)
            {
                FailLocked(error);
            }

            _waiters.Fail(_failure!);
        }
        finally
        {
            Array.ForEach(segments, segment => segment.Release());
        }

        if (moved)
        {
            TellMoved();
        }

        if (rolled && _failure is null)
        {
            _checkpoints.SaveRecoveryPoint(Partition, Math.Min(end, Active.BaseOffset));
        }
    }

    private void Sync(IEnumerable<LogSegment> segments, bool names)
    {
        foreach (var segment in segments)
        {
            segment.Sync();
        }

        if (names)
        {
            _files.SyncDirectory(_directory);
        }
    }

    private long? WriteIndexes()
    {
        if (_failure is not null)
        {
            return null;
        }

        try
        {
            Active.EndAppends(sync: true);
            return Math.Min(_endOffset, _suspectOffset);
        }
        catch (StreamsException error)
        {
            lock (_state)
            {
                FailLocked(error);
            }

            return null;
        }
    }

    private void End()
    {
        _waiters.Fail(_failure ?? LogErrors.Closed(Partition));
        foreach (var segment in _segments)
        {
            segment.Release();
        }
    }
}
