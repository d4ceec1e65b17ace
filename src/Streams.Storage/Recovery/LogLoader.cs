using Microsoft.Extensions.Logging;
using Streams.Storage.Files;
using Streams.Storage.Segments;

namespace Streams.Storage.Recovery;

/// <summary>
/// Brings one partition's folder in order and reads what is in it. After a clean stop only names and sizes are looked at; otherwise every batch
/// from the recovery point on is checked. A torn end is cut; damage with sound batches behind it is set aside, never cut.
/// </summary>
internal sealed class LogLoader(IFileSystem files, string directory, TopicPartition partition, int indexIntervalBytes, ILogger logger)
{
    /// <summary>Loads the log.</summary>
    /// <param name="startOffset">The first offset that may be read, as far as checkpoints say.</param>
    /// <param name="recoveryPoint">Everything below is known to be on disk and sound.</param>
    /// <param name="isClean">The last owner closed the log.</param>
    public LoadedLog Load(long startOffset, long recoveryPoint, bool isClean)
    {
        InterruptedChanges.Finish(files, directory, indexIntervalBytes, logger);
        var segments = Find();
        if (segments.Count == 0)
        {
            var first = LogSegment.Create(files, directory, startOffset, indexIntervalBytes);
            files.SyncDirectory(directory);
            return new([first], startOffset, startOffset, -1, IsNew: true);
        }

        DropBelow(startOffset, segments);
        startOffset = Math.Max(startOffset, segments[0].BaseOffset);
        var end = isClean ? TryReadEnd(segments[^1]) : null;
        end ??= Recover(segments, isClean ? segments[^1].BaseOffset : recoveryPoint);
        if (end.Value.Offset < startOffset)
        {
            // All that was left lay below the start: the log goes on at the start, or offsets would be given twice.
            segments.ForEach(segment => segment.DeleteFiles());
            segments = [LogSegment.Create(files, directory, startOffset, indexIntervalBytes)];
            files.SyncDirectory(directory);
            end = (startOffset, end.Value.Epoch);
        }

        return new([.. segments], startOffset, end.Value.Offset, end.Value.Epoch, IsNew: false);
    }

    private List<LogSegment> Find()
    {
        var segments = new List<LogSegment>();
        foreach (var name in files.ListFiles(directory))
        {
            if (SegmentFiles.TryParse(name, SegmentFiles.Log, out var baseOffset))
            {
                using var file = files.Open(FilePath.Join(directory, name), FileOpening.Read);
                segments.Add(Take(baseOffset, file.Length));
            }
        }

        return segments;
    }

    private LogSegment Take(long baseOffset, long size) => new(files, directory, baseOffset, size, indexIntervalBytes);

    private static void DropBelow(long startOffset, List<LogSegment> segments)
    {
        while (segments.Count > 1 && segments[1].BaseOffset <= startOffset)
        {
            segments[0].DeleteFiles();
            segments[0].Release();
            segments.RemoveAt(0);
        }
    }

    private (long Offset, int Epoch)? TryReadEnd(LogSegment last)
    {
        try
        {
            var end = ReadEnd(last);
            last.BeginAppends();
            return end;
        }
        catch (StreamsException error) when (error.Code == StreamsErrorCode.Corrupt)
        {
            RecoveryLog.CleanButDamaged(logger, error.Message);
            return null;
        }
    }

    private static (long Offset, int Epoch) ReadEnd(LogSegment segment)
    {
        using var cursor = new BatchCursor(segment, segment.Index.PositionOf(long.MaxValue));
        var end = (segment.BaseOffset, -1);
        while (cursor.MoveNext())
        {
            end = (cursor.Header.NextOffset, cursor.Header.LeaderEpoch);
        }

        return end;
    }

    private (long Offset, int Epoch) Recover(List<LogSegment> segments, long recoveryPoint)
    {
        var first = Math.Max(0, segments.FindLastIndex(segment => segment.BaseOffset <= recoveryPoint));
        var next = segments[first].BaseOffset;
        long bytes = 0;
        for (var index = first; index < segments.Count; index++)
        {
            next = Math.Max(next, segments[index].BaseOffset);
            bytes += segments[index].Size;
            next = RecoverSegment(segments, index, next, recoveryPoint);
        }

        var end = ReadEnd(segments[^1]);
        files.SyncDirectory(directory);
        RecoveryLog.Recovered(logger, partition, segments[first].BaseOffset, segments.Count - first, bytes, next);
        return (Math.Max(next, end.Offset), end.Epoch);
    }

    /// <returns>The offset after the segment.</returns>
    private long RecoverSegment(List<LogSegment> segments, int index, long nextOffset, long recoveryPoint)
    {
        var segment = segments[index];
        var scan = SegmentScanner.Scan(segment.File, segment.Size, segment.BaseOffset, nextOffset, indexIntervalBytes);
        var isTorn = scan.Tail is { } tail
            && tail.FirstOffset >= recoveryPoint
            && segments.Skip(index + 1).All(later => later.Size == 0);
        var damages = scan.Tail is null || isTorn ? scan.Damages : [.. scan.Damages, scan.Tail];
        if (isTorn)
        {
            segment.File.Truncate(scan.ValidSize);
            RecoveryLog.TornTailCut(logger, segment.Path, scan.Tail!.Size, scan.Tail.Start, scan.Tail.FirstOffset, scan.Tail.Reason);
        }

        segment.Sync();
        segment.Release();
        if (damages.Count > 0)
        {
            SetAside(segment, damages);
        }

        if (isTorn)
        {
            // What follows was begun and never filled; offsets go on where the sound ones end.
            segments.Skip(index + 1).ToList().ForEach(later => later.DeleteFiles());
            segments.RemoveRange(index + 1, segments.Count - index - 1);
        }

        var taken = Take(segment.BaseOffset, scan.ValidSize - scan.Damages.Sum(damage => damage.Size));
        segments[index] = taken;
        var sound = damages.Count == 0
            ? scan.Index
            : SegmentScanner.Scan(taken.File, taken.Size, taken.BaseOffset, nextOffset, indexIntervalBytes).Index;
        taken.BeginAppends(sound);
        if (index < segments.Count - 1)
        {
            taken.EndAppends(sync: true);
        }

        return scan.NextOffset;
    }

    private void SetAside(LogSegment segment, IReadOnlyList<DamagedRange> damages)
    {
        Quarantine.Apply(files, directory, segment.BaseOffset, damages);
        foreach (var damage in damages)
        {
            var kept = FilePath.Join(directory, Quarantine.NameOf(segment.BaseOffset, damage.Start));
            RecoveryLog.Quarantined(logger, partition, segment.Path, damage, kept);
        }
    }
}
