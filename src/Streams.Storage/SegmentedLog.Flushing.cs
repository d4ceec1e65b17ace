using Streams.Storage.Flushing;
using Streams.Storage.Segments;

namespace Streams.Storage;

/// <summary>How written records become durable, and how the log ends.</summary>
internal sealed partial class SegmentedLog
{
    /// <inheritdoc />
    void IFlushable.Flush()
    {
        bool moved;
        lock (_flushing)
        {
            lock (_state)
            {
                _flushState = FlushState.Running;
            }

            moved = SyncWritten();
        }

        Tell(moved);
        lock (_flushing)
        {
            FinishRolls();
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
        var moved = false;
        long? point = null;
        _ending.Cancel();
        lock (_upkeep)
        {
            lock (_flushing)
            {
                if (!TryBeginEnd())
                {
                    return null;
                }

                moved = SyncWritten(isLast: true);
                point = WriteAllIndexes();
            }
        }

        // Before those who still wait hear that it is closed.
        Tell(moved);
        End();
        return point;
    }

    /// <summary>Ends the log without caring for its records, which are about to be deleted.</summary>
    internal void Abandon()
    {
        _ending.Cancel();
        lock (_upkeep)
        {
            lock (_flushing)
            {
                TryBeginEnd();
            }
        }

        End();
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

    /// <summary>
    /// One group commit: everything written until now becomes durable with one sync of each file, beside the appends. The caller holds the lock
    /// of the flushes and tells what has moved, or failed, once it has let go of it.
    /// </summary>
    private bool SyncWritten(bool isLast = false)
    {
        LogSegment[] segments;
        long end;
        bool names;
        lock (_state)
        {
            if (_failure is not null || (_closed && !isLast))
            {
                return false;
            }

            segments = [.. _unsynced.Where(segment => segment.TryAcquire())];
            end = _endOffset;
            names = _namesUnsynced;
            _unsynced.Clear();
            _namesUnsynced = false;
        }

        try
        {
            Array.ForEach(segments, segment => segment.Sync());
            if (names)
            {
                _context.Files.SyncDirectory(_context.Directory);
            }
        }
        catch (StreamsException error)
        {
            // Never tried again: the kernel may have dropped the pages, and a second sync would report success for what is lost.
            lock (_state)
            {
                FailLocked(error);
            }

            return false;
        }
        finally
        {
            Array.ForEach(segments, segment => segment.Release());
        }

        lock (_state)
        {
            _synced = end;
            return AdvanceLocked();
        }
    }

    /// <summary>Writes the indexes of closed segments, and remembers that nothing before the active one needs to be checked any more.</summary>
    private void FinishRolls()
    {
        LogSegment[] closed;
        lock (_state)
        {
            if (!_rolled || _failure is not null || _closed)
            {
                return;
            }

            // A segment that was closed after the sync has its turn with the flush that is queued for it.
            _rolled = _unindexed.Exists(_unsynced.Contains);
            closed = [.. _unindexed.Where(segment => !_unsynced.Contains(segment))];
        }

        try
        {
            WriteIndexes(closed);
        }
        catch (StreamsException error)
        {
            // They are in memory; the next roll and the end try again, and until then an unclean start reads more.
            SegmentLog.IndexesNotWritten(_context.Logger, error, _context.Directory);
            return;
        }

        long recoveryPoint;
        long durableEnd;
        lock (_state)
        {
            _unindexed.RemoveAll(closed.Contains);
            durableEnd = _synced;
            var checkFrom = _unindexed.Count > 0 ? _unindexed[0].BaseOffset : Active.BaseOffset;
            recoveryPoint = Math.Min(Math.Min(checkFrom, durableEnd), _suspectOffset);
        }

        _checkpoints.SaveRecoveryPoint(Partition, recoveryPoint, durableEnd);
    }

    private void WriteIndexes(IEnumerable<LogSegment> segments)
    {
        foreach (var segment in segments)
        {
            segment.WriteIndexes();
        }

        _context.Files.SyncDirectory(_context.Directory);
    }

    private long? WriteAllIndexes()
    {
        if (_failure is not null)
        {
            return null;
        }

        try
        {
            WriteIndexes([.. _unindexed, Active]);
            return Math.Min(_endOffset, _suspectOffset);
        }
        catch (StreamsException error)
        {
            SegmentLog.IndexesNotWritten(_context.Logger, error, _context.Directory);
            return null;
        }
    }

    private void Tell(bool moved)
    {
        if (moved)
        {
            TellMoved();
        }

        if (_failure is { } failure)
        {
            _waiters.Fail(failure);
        }
    }

    /// <returns><see langword="false"/> where the log has ended already.</returns>
    private bool TryBeginEnd()
    {
        lock (_state)
        {
            // Whoever appends holds this lock, so nothing is written to the files from here on.
            var begins = !_closed;
            Volatile.Write(ref _closed, true);
            return begins;
        }
    }

    private void End()
    {
        lock (_state)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
        }

        _waiters.Fail(_failure ?? LogErrors.Closed(Partition));
        Array.ForEach(_segments, segment => segment.Release());
    }
}
