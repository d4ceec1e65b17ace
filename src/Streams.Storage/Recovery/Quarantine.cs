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

    /// <summary>Returns the name of the file that keeps a damaged range.</summary>
    public static string NameOf(long baseOffset, long position)
        => SegmentFiles.Name(baseOffset, string.Create(CultureInfo.InvariantCulture, $".damaged.{position}"));

    /// <summary>Keeps the damaged ranges, and replaces the segment's file at once and durably by one without them.</summary>
    public static void Apply(IFileSystem files, string directory, long baseOffset, IReadOnlyList<DamagedRange> damages)
    {
        var path = FilePath.Join(directory, SegmentFiles.Name(baseOffset, SegmentFiles.Log));
        var cleaned = path + SegmentFiles.CleanedSuffix;
        using (var source = files.Open(path, FileOpening.Read))
        {
            foreach (var damage in damages)
            {
                using var kept = files.Open(FilePath.Join(directory, NameOf(baseOffset, damage.Start)), FileOpening.Create);
                Copy(source, damage.Start, damage.End, kept, 0);
                kept.Sync();
            }

            using var target = files.Open(cleaned, FileOpening.Create);
            long position = 0;
            long written = 0;
            foreach (var damage in damages)
            {
                written = Copy(source, position, damage.Start, target, written);
                position = damage.End;
            }

            Copy(source, position, source.Length, target, written);
            target.Sync();
        }

        // The indexes first: their positions are wrong for the new file.
        files.DeleteFile(FilePath.Join(directory, SegmentFiles.Name(baseOffset, SegmentFiles.OffsetIndex)));
        files.DeleteFile(FilePath.Join(directory, SegmentFiles.Name(baseOffset, SegmentFiles.TimeIndex)));
        files.SyncDirectory(directory);
        files.Move(cleaned, path);
        files.SyncDirectory(directory);
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
