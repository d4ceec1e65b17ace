using Microsoft.Extensions.Logging;
using Streams.Storage.Files;
using Streams.Storage.Segments;

namespace Streams.Storage.Recovery;

/// <summary>
/// Finishes or undoes what a crash has interrupted in a partition's folder. A <c>.swap</c> file is complete and takes the place of the segments
/// it covers; <c>.cleaned</c> files and indexes without a log are worth nothing; <c>.deleted</c> files were on their way out.
/// </summary>
internal static class InterruptedChanges
{
    private static readonly string[] Worthless =
        [SegmentFiles.CleanedSuffix, SegmentFiles.DeletedSuffix, AtomicFile.TemporarySuffix];

    /// <summary>Brings the folder in order. May be interrupted and called again.</summary>
    /// <exception cref="StreamsException">Corrupt: a swap file is damaged, so nobody knows which segments it replaces.</exception>
    public static void Finish(SegmentContext context, TopicPartition partition)
    {
        var names = context.Files.ListFiles(context.Directory);
        foreach (var name in names.Where(name => Worthless.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal))))
        {
            context.Files.DeleteFile(FilePath.Join(context.Directory, name));
        }

        foreach (var name in names)
        {
            if (SegmentFiles.TryParse(name, SegmentFiles.Log + SegmentFiles.SwapSuffix, out var baseOffset))
            {
                FinishSwap(context, baseOffset);
                RecoveryLog.SwapFinished(context.Logger, partition, baseOffset);
            }
        }

        RemoveOrphans(context);
    }

    /// <summary>Deletes the segments a swap file covers, and gives it its final name. Indexes are made again when they are needed.</summary>
    private static void FinishSwap(SegmentContext context, long baseOffset)
    {
        var swap = context.PathOf(baseOffset, SegmentFiles.Log + SegmentFiles.SwapSuffix);
        var end = EndOf(context, swap, baseOffset);

        // The process may have died just after the rename: its name must be on the disk before those it replaces go.
        context.Files.SyncDirectory(context.Directory);
        foreach (var name in context.Files.ListFiles(context.Directory))
        {
            if (IsSegmentFile(name, out var covered) && (covered == baseOffset || (covered > baseOffset && covered < end)))
            {
                context.Files.DeleteFile(FilePath.Join(context.Directory, name));
            }
        }

        // Before the swap file gets its name: without it nobody would know any more that these are replaced.
        context.Files.SyncDirectory(context.Directory);
        context.Files.Move(swap, context.PathOf(baseOffset, SegmentFiles.Log));
        context.Files.SyncDirectory(context.Directory);
    }

    private static long EndOf(SegmentContext context, string swap, long baseOffset)
    {
        using var file = context.Files.Open(swap, FileOpening.Read);
        var scan = SegmentScanner.Scan(file, file.Length, baseOffset, OffsetBounds.From(baseOffset), context.IndexIntervalBytes);
        return (scan.Damages.Count > 0 ? scan.Damages[0] : scan.Tail) is { } damage
            ? throw SegmentErrors.DamagedSwap(swap, damage)
            : scan.NextOffset;
    }

    private static void RemoveOrphans(SegmentContext context)
    {
        var names = context.Files.ListFiles(context.Directory);
        var logs = names.Where(name => name.EndsWith(SegmentFiles.Log, StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var isOrphan = name.EndsWith(SegmentFiles.SwapSuffix, StringComparison.Ordinal)
                || (IsSegmentFile(name, out var baseOffset) && !logs.Contains(SegmentFiles.Name(baseOffset, SegmentFiles.Log)));
            if (isOrphan)
            {
                context.Files.DeleteFile(FilePath.Join(context.Directory, name));
            }
        }
    }

    private static bool IsSegmentFile(string name, out long baseOffset)
        => SegmentFiles.TryParse(name, SegmentFiles.Log, out baseOffset)
            || SegmentFiles.TryParse(name, SegmentFiles.OffsetIndex, out baseOffset)
            || SegmentFiles.TryParse(name, SegmentFiles.TimeIndex, out baseOffset);
}
