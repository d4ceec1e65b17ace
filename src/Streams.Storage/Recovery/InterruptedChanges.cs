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
    public static void Finish(IFileSystem files, string directory, int indexIntervalBytes, ILogger logger)
    {
        foreach (var name in files.ListFiles(directory))
        {
            if (Worthless.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal)))
            {
                files.DeleteFile(FilePath.Join(directory, name));
            }
        }

        foreach (var name in files.ListFiles(directory))
        {
            if (SegmentFiles.TryParse(name, SegmentFiles.Log + SegmentFiles.SwapSuffix, out var baseOffset))
            {
                FinishSwap(files, directory, baseOffset, indexIntervalBytes);
                RecoveryLog.SwapFinished(logger, FilePath.Join(directory, name));
            }
        }

        RemoveOrphans(files, directory);
    }

    /// <summary>Deletes the segments a swap file covers, and gives it its final name. Indexes are made again when they are needed.</summary>
    private static void FinishSwap(IFileSystem files, string directory, long baseOffset, int indexIntervalBytes)
    {
        var swap = FilePath.Join(directory, SegmentFiles.Name(baseOffset, SegmentFiles.Log + SegmentFiles.SwapSuffix));
        long end;
        using (var file = files.Open(swap, FileOpening.Read))
        {
            end = SegmentScanner.Scan(file, file.Length, baseOffset, baseOffset, indexIntervalBytes).NextOffset;
        }

        foreach (var name in files.ListFiles(directory))
        {
            if (IsSegmentFile(name, out var covered) && (covered == baseOffset || (covered > baseOffset && covered < end)))
            {
                files.DeleteFile(FilePath.Join(directory, name));
            }
        }

        files.Move(swap, FilePath.Join(directory, SegmentFiles.Name(baseOffset, SegmentFiles.Log)));
        files.SyncDirectory(directory);
    }

    private static void RemoveOrphans(IFileSystem files, string directory)
    {
        var names = files.ListFiles(directory);
        var logs = names.Where(name => name.EndsWith(SegmentFiles.Log, StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var isOrphan = name.EndsWith(SegmentFiles.SwapSuffix, StringComparison.Ordinal)
                || (IsSegmentFile(name, out var baseOffset) && !logs.Contains(SegmentFiles.Name(baseOffset, SegmentFiles.Log)));
            if (isOrphan)
            {
                files.DeleteFile(FilePath.Join(directory, name));
            }
        }
    }

    private static bool IsSegmentFile(string name, out long baseOffset)
        => SegmentFiles.TryParse(name, SegmentFiles.Log, out baseOffset)
            || SegmentFiles.TryParse(name, SegmentFiles.OffsetIndex, out baseOffset)
            || SegmentFiles.TryParse(name, SegmentFiles.TimeIndex, out baseOffset);
}
