using Streams.Storage.Files;

namespace Streams.Broker.Tests;

/// <summary>A file system that fails where a test wants it: every change is announced by its kind and path, and may throw or block.</summary>
internal sealed class FaultyFileSystem(IFileSystem inner) : IFileSystem
{
    private long _changes;

    /// <summary>Called before every change: create, write, sync, truncate, move, delete, directory, syncdir.</summary>
    public Action<string, string>? OnChange { get; set; }

    /// <summary>How many changes were asked for.</summary>
    public long Changes => Interlocked.Read(ref _changes);

    public bool FileExists(string path) => inner.FileExists(path);

    public bool DirectoryExists(string path) => inner.DirectoryExists(path);

    public void CreateDirectory(string path)
    {
        Announce("directory", path);
        inner.CreateDirectory(path);
    }

    public IReadOnlyList<string> ListFiles(string directory) => inner.ListFiles(directory);

    public IReadOnlyList<string> ListDirectories(string directory) => inner.ListDirectories(directory);

    public ILogFile Open(string path, FileOpening opening)
    {
        if (opening == FileOpening.Create)
        {
            Announce("create", path);
        }

        return new FaultyFile(this, inner.Open(path, opening));
    }

    public void Move(string from, string to)
    {
        Announce("move", to);
        inner.Move(from, to);
    }

    public void DeleteFile(string path)
    {
        Announce("delete", path);
        inner.DeleteFile(path);
    }

    public void DeleteDirectory(string path)
    {
        Announce("delete", path);
        inner.DeleteDirectory(path);
    }

    public void SyncDirectory(string path)
    {
        Announce("syncdir", path);
        inner.SyncDirectory(path);
    }

    public long GetFreeBytes(string directory) => inner.GetFreeBytes(directory);

    public IDisposable Lock(string path) => inner.Lock(path);

    private void Announce(string kind, string path)
    {
        Interlocked.Increment(ref _changes);
        OnChange?.Invoke(kind, path);
    }

    private sealed class FaultyFile(FaultyFileSystem owner, ILogFile inner) : ILogFile
    {
        public string Path => inner.Path;

        public long Length => inner.Length;

        public void Write(ReadOnlySpan<byte> bytes, long position)
        {
            owner.Announce("write", Path);
            inner.Write(bytes, position);
        }

        public int Read(Span<byte> buffer, long position) => inner.Read(buffer, position);

        public void Sync()
        {
            owner.Announce("sync", Path);
            inner.Sync();
        }

        public void Truncate(long length)
        {
            owner.Announce("truncate", Path);
            inner.Truncate(length);
        }

        public void Dispose() => inner.Dispose();
    }
}
