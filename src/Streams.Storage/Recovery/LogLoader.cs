using Microsoft.Extensions.Logging;
using Streams.Storage.Files;
using Streams.Storage.Segments;

namespace Streams.Storage.Recovery;

/// <summary>
/// Brings one partition's folder in order and reads what is in it. After a clean stop only names and sizes are looked at; otherwise every batch
/// from the recovery point on is checked. A torn end is cut; damage with sound batches behind it, or below what was known to be on disk, is set
/// aside, never cut.
/// </summary>
internal sealed class LogLoader(SegmentContext context, TopicPartition partition)
{
    /// <summary>Loads the log.</summary>
    /// <param name="startOffset">The first offset that may be read, as far as checkpoints say.</param>
    /// <param name="recoveryPoint">Everything below is known to be on disk and sound, with its indexes.</param>
    /// <param name="durableEnd">Everything below was on disk once; no offset below is given again.</param>
    /// <param name="isClean">The last owner closed the log.</param>
    public LoadedLog Load(long startOffset, long recoveryPoint, long durableEnd, bool isClean)
    {
        InterruptedChanges.Finish(context, partition);
        var segments = Find();
        if (segments.Count == 0)
        {
            return Begin(startOffset, Math.Max(durableEnd, recoveryPoint), -1, isNew: true);
        }

        DropBelow(startOffset, segments);
        startOffset = Math.Max(startOffset, segments[0].BaseOffset);
        var end = isClean ? TryReadEnd(segments[^1], recoveryPoint, durableEnd) : null;
        if (end is null)
        {
            // After a clean stop nothing lies behind what was on disk; after any other, something may.
            var from = isClean ? Math.Min(recoveryPoint, segments[^1].BaseOffset) : recoveryPoint;
            durableEnd = Math.Max(durableEnd, recoveryPoint);
            end = Recover(segments, from, durableEnd, isClean && durableEnd > 0 ? durableEnd : long.MaxValue);
        }
        else if (end.Value.Offset < durableEnd)
        {
            // Both checkpoints were written by the clean stop, and the log agrees with the other one.
            RecoveryLog.CheckpointContradicted(context.Logger, partition, durableEnd, end.Value.Offset);
            durableEnd = end.Value.Offset;
        }

        if (end.Value.Offset < startOffset)
        {
            // All that was left lay below the start: the log goes on at the start, or offsets would be given twice.
            segments.ForEach(Drop);
            context.Files.SyncDirectory(context.Directory);
            return Begin(startOffset, durableEnd, end.Value.Epoch, isNew: false);
        }

        ReportLoss(end.Value.Offset, durableEnd);
        return new([.. segments], startOffset, Math.Max(end.Value.Offset, durableEnd), end.Value.Epoch, IsNew: false);
    }

    private LoadedLog Begin(long found, long durableEnd, int epoch, bool isNew)
    {
        ReportLoss(found, durableEnd);
        var offset = Math.Max(found, durableEnd);
        var first = LogSegment.Create(context, offset);
        context.Files.SyncDirectory(context.Directory);
        return new([first], offset, offset, epoch, isNew);
    }

    private void ReportLoss(long end, long durableEnd)
    {
        if (end < durableEnd)
        {
            RecoveryLog.EndLost(context.Logger, partition, end, durableEnd);
        }
    }

    private List<LogSegment> Find()
    {
        var segments = new List<LogSegment>();
        foreach (var name in context.Files.ListFiles(context.Directory))
        {
            if (SegmentFiles.TryParse(name, SegmentFiles.Log, out var baseOffset))
            {
                using var file = context.Files.Open(FilePath.Join(context.Directory, name), FileOpening.Read);
                segments.Add(Take(baseOffset, file.Length));
            }
        }

        // An empty one behind another says nothing: a roll before a crash, or one that failed halfway, whose predecessor went on.
        foreach (var empty in segments.Skip(1).Where(segment => segment.Size == 0).ToArray())
        {
            Drop(empty);
            segments.Remove(empty);
        }

        return segments;
    }

    private LogSegment Take(long baseOffset, long size) => new(context, baseOffset, size);

    private static void Drop(LogSegment segment)
    {
        segment.DeleteFiles();
        segment.Release();
    }

    private static void DropBelow(long startOffset, List<LogSegment> segments)
    {
        while (segments.Count > 1 && segments[1].BaseOffset <= startOffset)
        {
            Drop(segments[0]);
            segments.RemoveAt(0);
        }
    }

    private (long Offset, int Epoch)? TryReadEnd(LogSegment last, long recoveryPoint, long durableEnd)
    {
        try
        {
            // A clean stop writes the end twice, into both checkpoints; without either there is nothing to compare with.
            var end = ReadEnd(last);
            if (end.Offset != recoveryPoint && end.Offset != durableEnd && Math.Max(recoveryPoint, durableEnd) > 0)
            {
                RecoveryLog.CleanButDamaged(context.Logger, last.Path, $"it ends at offset {end.Offset} instead of {durableEnd}");
                return null;
            }

            GoOn(last);
            return end;
        }
        catch (StreamsException error) when (error.Code == StreamsErrorCode.Corrupt)
        {
            RecoveryLog.CleanButDamaged(context.Logger, last.Path, error.Message);
            return null;
        }
    }

    private static void GoOn(LogSegment segment)
    {
        var index = segment.Index;
        index.Resume(segment.Size);
        segment.BeginAppends(index);
    }

    private static (long Offset, int Epoch) ReadEnd(LogSegment segment)
    {
        using var cursor = new BatchCursor(segment, segment.PositionOf(long.MaxValue));
        var end = (segment.BaseOffset, -1);
        while (cursor.MoveNext())
        {
            end = (cursor.Header.NextOffset, cursor.Header.LeaderEpoch);
        }

        return end;
    }

    private (long Offset, int Epoch) Recover(List<LogSegment> segments, long recoveryPoint, long durableEnd, long endMax)
    {
        var first = Math.Max(0, segments.FindLastIndex(segment => segment.BaseOffset <= recoveryPoint));
        var next = segments[first].BaseOffset;
        long bytes = 0;
        for (var index = first; index < segments.Count; index++)
        {
            next = Math.Max(next, segments[index].BaseOffset);
            bytes += segments[index].Size;
            next = RecoverSegment(segments, index, new(next, endMax), durableEnd);
        }

        var (from, count) = (segments[first].BaseOffset, segments.Count - first);
        while (segments.Count > 1 && segments[^1].Size == 0)
        {
            // Nothing is left of it. Its name alone would say that offsets before it were given, and after another crash it would not.
            Drop(segments[^1]);
            segments.RemoveAt(segments.Count - 1);
            GoOn(segments[^1]);
            next = ReadEnd(segments[^1]).Offset;
        }

        context.Files.SyncDirectory(context.Directory);
        RecoveryLog.Recovered(context.Logger, partition, from, count, bytes, next);
        return (next, ReadEnd(segments[^1]).Epoch);
    }

    /// <returns>The offset after the segment.</returns>
    private long RecoverSegment(List<LogSegment> segments, int index, OffsetBounds offsets, long durableEnd)
    {
        var segment = segments[index];
        var scan = SegmentScanner.Scan(segment.File, segment.Size, segment.BaseOffset, offsets, context.IndexIntervalBytes);
        var isTorn = scan.Tail is { } tail && tail.FirstOffset >= durableEnd && index == segments.Count - 1;
        var damages = scan.Tail is null || isTorn ? scan.Damages : [.. scan.Damages, scan.Tail];
        if (isTorn)
        {
            segment.File.Truncate(scan.ValidSize);
            RecoveryLog.TornTailCut(
                context.Logger, segment.Path, scan.Tail!.Size, scan.Tail.Start, scan.Tail.FirstOffset, scan.Tail.Reason);
        }

        // Whatever was found sound is kept from now on.
        segment.Sync();
        segment.Release();
        if (damages.Count > 0)
        {
            SetAside(segment, damages);
        }

        var taken = Take(segment.BaseOffset, scan.ValidSize - scan.Damages.Sum(damage => damage.Size));
        segments[index] = taken;
        taken.BeginAppends(damages.Count == 0
            ? scan.Index
            : SegmentScanner.Scan(taken.File, taken.Size, taken.BaseOffset, offsets, context.IndexIntervalBytes).Index);
        if (index < segments.Count - 1)
        {
            taken.WriteIndexes();
        }

        return scan.NextOffset;
    }

    private void SetAside(LogSegment segment, IReadOnlyList<DamagedRange> damages)
    {
        foreach (var (damage, kept) in Quarantine.Apply(context, segment.BaseOffset, damages))
        {
            RecoveryLog.Quarantined(context.Logger, partition, segment.Path, damage, kept);
        }
    }
}
