namespace Streams.Storage.Files;

/// <summary>Small files that hold either what they held before or everything new, whatever happens in between.</summary>
internal static class AtomicFile
{
    /// <summary>Kafka's suffix of files being written.</summary>
    public const string TemporarySuffix = ".tmp";

    /// <summary>The largest file read; checkpoints are far smaller, so a larger one is damage.</summary>
    public const int BytesMax = 64 * 1024 * 1024;

    /// <summary>Writes beside, syncs, renames, syncs the directory: in this order, or a power cut leaves an empty file under the old name.</summary>
    public static void Write(IFileSystem files, string path, ReadOnlySpan<byte> bytes)
    {
        Replace(files, path, bytes);
        files.SyncDirectory(FilePath.Parent(path));
    }

    /// <summary>The same without syncing the directory: a power cut may still leave what was there before.</summary>
    public static void Replace(IFileSystem files, string path, ReadOnlySpan<byte> bytes)
    {
        var temporary = path + TemporarySuffix;
        try
        {
            using (var file = files.Open(temporary, FileOpening.Create))
            {
                file.Write(bytes, 0);
                file.Sync();
            }

            files.Move(temporary, path);
        }
        catch (StreamsException)
        {
            DeleteQuietly(files, temporary);
            throw;
        }
    }

    /// <summary>Reads a whole small file; <see langword="null"/> where there is none.</summary>
    public static byte[]? Read(IFileSystem files, string path)
    {
        if (!files.FileExists(path))
        {
            return null;
        }

        using var file = files.Open(path, FileOpening.Read);
        var length = file.Length;
        if (length > BytesMax)
        {
            throw new StreamsException(
                $"'{path}' has {length} bytes, more than the {BytesMax} such a file may have. It is damaged: restore it, or move it away.")
            {
                Code = StreamsErrorCode.Corrupt,
            };
        }

        var bytes = new byte[length];
        var read = file.Read(bytes, 0);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    // What a failed write has left takes room on a disk that may be full.
    private static void DeleteQuietly(IFileSystem files, string path)
    {
        try
        {
            files.DeleteFile(path);
        }
        catch (StreamsException)
        {
            // The caller hears of the first error; the next write begins by emptying this file.
        }
    }
}
