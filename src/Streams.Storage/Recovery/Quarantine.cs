using System.Buffers;
using System.Globalization;
using Streams.Storage.Files;
using Streams.Storage.Segments;

namespace Streams.Storage.Recovery;

/// <summary>
/// Takes damaged bytes out of a segment: they are kept in a file beside it, and the segment is written again without them, so that everything
/// sound stays readable. Offsets stay as they are; the log has a gap there, as after compaction.
/// </summary>
internal static class Quarantine
{
    private const int CopyBytes = 1024 * 1024;

    /// <summary>Keeps the damaged ranges, and replaces the segment's file at once and durably by one without them.</summary>
    /// <returns>Each range with the path of the file that keeps it.</returns>
    public static IReadOnlyList<(DamagedRange Damage, string Kept)> Apply(
        SegmentContext context, long baseOffset, IReadOnlyList<DamagedRange> damages)
    {
        var files = context.Files;
        var path = context.PathOf(baseOffset, SegmentFiles.Log);
        var cleaned = path + SegmentFiles.CleanedSuffix;
        var kept = new List<(DamagedRange, string)>();
        using (var source = files.Open(path, FileOpening.Read))
        {
            foreach (var damage in damages)
            {
                kept.Add((damage, Keep(context, baseOffset, source, damage)));
            }

            using var target = files.Open(cleaned, FileOpening.Create);
            CopySound(source, damages, target);
            target.Sync();
        }

        // The indexes first: their positions are wrong for the new file.
        files.DeleteFile(context.PathOf(baseOffset, SegmentFiles.OffsetIndex));
        files.DeleteFile(context.PathOf(baseOffset, SegmentFiles.TimeIndex));
        files.SyncDirectory(context.Directory);
        files.Move(cleaned, path);
        files.SyncDirectory(context.Directory);
        return kept;
    }

    /// <summary>Returns the name of the file that keeps a damaged range.</summary>
    /// <param name="baseOffset">The segment's base offset.</param>
    /// <param name="position">Where the range began.</param>
    /// <param name="time">Which of those that began there.</param>
    public static string NameOf(long baseOffset, long position, int time)
        => SegmentFiles.Name(baseOffset, string.Create(CultureInfo.InvariantCulture, $".damaged.{position}"))
            + (time == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $".{time}"));

    private static string Keep(SegmentContext context, long baseOffset, ILogFile source, DamagedRange damage)
    {
        // Ranges found at different times may begin at the same place, because what lay there is gone. One found again after a recovery
        // that was interrupted is the same.
        for (var time = 0; ; time++)
        {
            var path = FilePath.Join(context.Directory, NameOf(baseOffset, damage.Start, time));
            if (context.Files.FileExists(path) && !IsSame(context.Files, path, source, damage))
            {
                continue;
            }

            using var target = context.Files.Open(path, FileOpening.Create);
            Copy(source, damage.Start, damage.End, target, 0);
            target.Sync();
            return path;
        }
    }

    /// <returns>Whether a file holds the range, or the beginning of it.</returns>
    private static bool IsSame(IFileSystem files, string path, ILogFile source, DamagedRange damage)
    {
        using var file = files.Open(path, FileOpening.Read);
        var length = file.Length;
        var left = ArrayPool<byte>.Shared.Rent(CopyBytes);
        var right = ArrayPool<byte>.Shared.Rent(CopyBytes);
        try
        {
            var isSame = length <= damage.Size;
            for (long position = 0; isSame && position < length; position += CopyBytes)
            {
                var count = (int)Math.Min(CopyBytes, length - position);
                isSame = file.Read(left.AsSpan(0, count), position) == count
                    && source.Read(right.AsSpan(0, count), damage.Start + position) == count
                    && left.AsSpan(0, count).SequenceEqual(right.AsSpan(0, count));
            }

            return isSame;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(left);
            ArrayPool<byte>.Shared.Return(right);
        }
    }

    private static void CopySound(ILogFile source, IReadOnlyList<DamagedRange> damages, ILogFile target)
    {
        long position = 0;
        long written = 0;
        foreach (var damage in damages)
        {
            written = Copy(source, position, damage.Start, target, written);
            position = damage.End;
        }

        Copy(source, position, source.Length, target, written);
    }

    private static long Copy(ILogFile source, long from, long to, ILogFile target, long position)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBytes);
        try
        {
            while (from < to)
            {
                var read = source.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, to - from)), from);
                if (read == 0)
                {
                    break;
                }

                target.Write(buffer.AsSpan(0, read), position);
                from += read;
                position += read;
            }

            return position;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
