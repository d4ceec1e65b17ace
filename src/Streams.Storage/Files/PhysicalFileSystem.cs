using System.Runtime.InteropServices;

namespace Streams.Storage.Files;

/// <summary>The file system of the operating system.</summary>
internal sealed class PhysicalFileSystem : IFileSystem
{
    // What FileShare.None answers when another handle holds the file: EAGAIN on Linux, on macOS, and the sharing violation of Windows.
    private static readonly int[] Locked = [11, 35, unchecked((int)0x80070020)];

    private PhysicalFileSystem()
    {
    }

    /// <summary>Gets the one instance; it has no state.</summary>
    public static PhysicalFileSystem Instance { get; } = new();

    /// <inheritdoc />
    public bool FileExists(string path) => File.Exists(path);

    /// <inheritdoc />
    public bool DirectoryExists(string path) => Directory.Exists(path);

    /// <inheritdoc />
    public void CreateDirectory(string path) => Try("create the directory", path, static path => Directory.CreateDirectory(path));

    /// <inheritdoc />
    public IReadOnlyList<string> ListFiles(string directory) => List(directory, static directory => Directory.GetFiles(directory));

    /// <inheritdoc />
    public IReadOnlyList<string> ListDirectories(string directory) => List(directory, static directory
        => Directory.GetDirectories(directory));

    /// <inheritdoc />
    public ILogFile Open(string path, FileOpening opening)
    {
        try
        {
            // Sharing everything: readers, renames and deletion of an open segment must stay possible on Windows too.
            var handle = File.OpenHandle(
                path,
                opening == FileOpening.Create ? FileMode.Create : FileMode.Open,
                opening == FileOpening.Read ? FileAccess.Read : FileAccess.ReadWrite,
                FileShare.ReadWrite | FileShare.Delete);
            return new PhysicalFile(path, handle);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.From(opening == FileOpening.Create ? "create" : "open", path, error);
        }
    }

    /// <inheritdoc />
    public void Move(string from, string to)
    {
        try
        {
            if (Directory.Exists(from))
            {
                Directory.Move(from, to);
            }
            else
            {
                File.Move(from, to, overwrite: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.From($"rename '{from}' to", to, error);
        }
    }

    /// <inheritdoc />
    public void DeleteFile(string path) => Try("delete", path, File.Delete);

    /// <inheritdoc />
    public void DeleteDirectory(string path)
    {
        if (Directory.Exists(path))
        {
            Try("delete the directory", path, static path => Directory.Delete(path, recursive: true));
        }
    }

    /// <inheritdoc />
    public void SyncDirectory(string path)
    {
        var error = NativeCalls.SyncDirectory(path);
        if (error != 0)
        {
            throw FileErrors.FromError("sync the directory", path, error, Marshal.GetPInvokeErrorMessage(error));
        }
    }

    /// <inheritdoc />
    public long GetFreeBytes(string directory)
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(directory)).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.From("ask the free space of", directory, error);
        }
    }

    /// <inheritdoc />
    public IDisposable Lock(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (Locked.Contains(error.HResult))
        {
            throw FileErrors.InUse(path, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.From("lock", path, error);
        }
    }

    private static void Try(string action, string path, Action<string> call)
    {
        try
        {
            call(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.From(action, path, error);
        }
    }

    private static string[] List(string directory, Func<string, string[]> call)
    {
        try
        {
            var names = call(directory).Select(path => Path.GetFileName(path)).ToArray();
            Array.Sort(names, StringComparer.Ordinal);
            return names;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.From("list", directory, error);
        }
    }
}
