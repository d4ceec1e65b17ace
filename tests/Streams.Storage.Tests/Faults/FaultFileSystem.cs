using Streams.Storage.Files;

namespace Streams.Storage.Tests.Faults;

/// <summary>
/// A disk in memory that knows what is synced and what is not. It dies at a chosen call, after which <see cref="After"/> says what a power cut
/// has left; fails any call; fills up; lies about syncs. Thread-safe.
/// </summary>
internal sealed class FaultFileSystem : IFileSystem
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _locked = new(StringComparer.Ordinal);
    private readonly FaultDirectory _root;
    private int _calls;

    public FaultFileSystem()
        : this(new())
    {
    }

    private FaultFileSystem(FaultDirectory root) => _root = root;

    /// <summary>Gets or sets what is called before every change, outside the lock: it may throw or block.</summary>
    public Action<FaultCall>? OnCall { get; set; }

    /// <summary>Gets or sets what is called before every read, with the path of the file.</summary>
    public Action<string>? OnRead { get; set; }

    /// <summary>Gets or sets the call from which on nothing reaches the disk any more.</summary>
    public int DieAt { get; set; } = int.MaxValue;

    /// <summary>Gets a value indicating whether that call was made.</summary>
    public bool IsDead => Volatile.Read(ref _calls) >= DieAt;

    /// <summary>Gets how many changes were asked for.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Gets or sets a value indicating whether a sync of a file reports success and does nothing.</summary>
    public bool PretendsToSync { get; set; }

    /// <summary>Gets or sets a value indicating whether a sync of a directory reports success and does nothing.</summary>
    public bool PretendsToSyncDirectories { get; set; }

    /// <summary>Gets or sets how many bytes all files together may have.</summary>
    public long Capacity { get; set; } = long.MaxValue;

    /// <summary>Gets how many bytes all files together have.</summary>
    public long Used
    {
        get
        {
            lock (_lock)
            {
                return SizeOf(_root);
            }
        }
    }

    /// <summary>Returns the disk as it is found after a crash now; this one goes on.</summary>
    public FaultFileSystem After(FaultSurvival survival)
    {
        lock (_lock)
        {
            return new(_root.After(survival));
        }
    }

    /// <summary>Returns the same disk for another process: nothing is lost and nothing synced, but nobody holds a lock.</summary>
    public FaultFileSystem Restart() => new(_root);

    /// <summary>Changes the bytes of a file behind everybody's back.</summary>
    public void Damage(string path, Action<byte[]> damage)
    {
        lock (_lock)
        {
            FileAt(path).Damage(damage);
        }
    }

    public bool FileExists(string path)
    {
        lock (_lock)
        {
            return NodeAt(path) is FaultInode;
        }
    }

    public bool DirectoryExists(string path)
    {
        lock (_lock)
        {
            return NodeAt(path) is FaultDirectory;
        }
    }

    public void CreateDirectory(string path)
    {
        Announce(FaultCallKind.CreateDirectory, path);
        lock (_lock)
        {
            var directory = _root;
            foreach (var name in Split(path))
            {
                if (!directory.Entries.TryGetValue(name, out var node))
                {
                    node = new FaultDirectory();
                    var created = node;
                    directory.Change(entries => entries[name] = created);
                }

                directory = (FaultDirectory)node;
            }
        }
    }

    public IReadOnlyList<string> ListFiles(string directory) => List<FaultInode>(directory);

    public IReadOnlyList<string> ListDirectories(string directory) => List<FaultDirectory>(directory);

    public ILogFile Open(string path, FileOpening opening)
    {
        if (opening == FileOpening.Create)
        {
            Announce(FaultCallKind.CreateFile, path);
        }

        lock (_lock)
        {
            if (opening != FileOpening.Create || NodeAt(path) is FaultInode)
            {
                var file = FileAt(path);
                if (opening == FileOpening.Create)
                {
                    file.Truncate(0);
                }

                return new FaultFile(this, path, file, opening != FileOpening.Read);
            }

            var created = new FaultInode();
            DirectoryAt(FilePath.Parent(path)).Change(entries => entries[FilePath.Name(path)] = created);
            return new FaultFile(this, path, created, isWritable: true);
        }
    }

    public void Move(string from, string to)
    {
        Announce(FaultCallKind.Move, to);
        lock (_lock)
        {
            var node = NodeAt(from) ?? throw Missing("rename", from);
            Assert.Equal(FilePath.Parent(from), FilePath.Parent(to));
            Assert.True(node is FaultInode || NodeAt(to) is null, $"The target '{to}' of a directory exists.");
            DirectoryAt(FilePath.Parent(to)).Change(entries =>
            {
                entries.Remove(FilePath.Name(from));
                entries[FilePath.Name(to)] = node;
            });
        }
    }

    public void DeleteFile(string path)
    {
        Announce(FaultCallKind.DeleteFile, path);
        lock (_lock)
        {
            if (NodeAt(path) is FaultInode)
            {
                DirectoryAt(FilePath.Parent(path)).Change(entries => entries.Remove(FilePath.Name(path)));
            }
        }
    }

    public void DeleteDirectory(string path)
    {
        Announce(FaultCallKind.DeleteDirectory, path);
        lock (_lock)
        {
            if (NodeAt(path) is FaultDirectory directory)
            {
                // One by one, as the operating system does it: a crash may leave some.
                foreach (var name in directory.Entries.Keys.ToArray())
                {
                    directory.Change(entries => entries.Remove(name));
                }

                DirectoryAt(FilePath.Parent(path)).Change(entries => entries.Remove(FilePath.Name(path)));
            }
        }
    }

    public void SyncDirectory(string path)
    {
        Announce(FaultCallKind.SyncDirectory, path);
        lock (_lock)
        {
            var directory = DirectoryAt(path);
            if (!PretendsToSyncDirectories)
            {
                directory.Sync();
            }
        }
    }

    public long GetFreeBytes(string directory) => Capacity - Used;

    public IDisposable Lock(string path)
    {
        lock (_lock)
        {
            return _locked.Add(path) ? new HeldLock(this, path) : throw FileErrors.InUse(path);
        }
    }

    private static long SizeOf(FaultDirectory directory)
        => directory.Entries.Values.Sum(node => node is FaultInode file ? file.Length : SizeOf((FaultDirectory)node));

    private static IEnumerable<string> Split(string path)
        => path == "." ? [] : path.Split(FilePath.Separator, StringSplitOptions.RemoveEmptyEntries);

    private static StreamsException Missing(string action, string path)
        => FileErrors.FromError(action, path, 2, "there is no such file or directory.");

    private string[] List<T>(string directory)
    {
        lock (_lock)
        {
            var entries = DirectoryAt(directory).Entries;
            return [.. entries.Where(entry => entry.Value is T).Select(entry => entry.Key).Order(StringComparer.Ordinal)];
        }
    }

    private object? NodeAt(string path)
    {
        object? node = _root;
        foreach (var name in Split(path))
        {
            node = (node as FaultDirectory)?.Entries.GetValueOrDefault(name);
        }

        return node;
    }

    private FaultDirectory DirectoryAt(string path) => NodeAt(path) as FaultDirectory ?? throw Missing("find the directory", path);

    private FaultInode FileAt(string path) => NodeAt(path) as FaultInode ?? throw Missing("open", path);

    private void Announce(FaultCallKind kind, string path)
    {
        var call = new FaultCall(Interlocked.Increment(ref _calls), kind, path);
        if (call.Number >= DieAt)
        {
            throw FileErrors.FromError($"reach the disk ({kind})", path, 5, "The machine has lost its power.");
        }

        OnCall?.Invoke(call);
    }

    private void Write(FaultInode file, string path, ReadOnlySpan<byte> bytes, long position)
    {
        lock (_lock)
        {
            var room = Capacity - SizeOf(_root) + Math.Max(0, file.Length - position);
            if (bytes.Length > room)
            {
                file.Write(bytes[..(int)Math.Max(0, room)], position);
                throw FileErrors.FromError($"write {bytes.Length} bytes to", path, 28, "No space left on device");
            }

            file.Write(bytes, position);
        }
    }

    private sealed class FaultFile(FaultFileSystem owner, string path, FaultInode file, bool isWritable) : ILogFile
    {
        private bool _disposed;

        public string Path { get; } = path;

        public long Length
        {
            get
            {
                lock (owner._lock)
                {
                    return file.Length;
                }
            }
        }

        public void Write(ReadOnlySpan<byte> bytes, long position)
        {
            CheckOpen();
            Invariant.Holds(isWritable, "Nobody writes to a file that was opened for reading.");
            owner.Announce(FaultCallKind.Write, Path);
            owner.Write(file, Path, bytes, position);
        }

        public int Read(Span<byte> buffer, long position)
        {
            CheckOpen();
            owner.OnRead?.Invoke(Path);
            lock (owner._lock)
            {
                return file.Read(buffer, position);
            }
        }

        public void Sync()
        {
            CheckOpen();
            owner.Announce(FaultCallKind.Sync, Path);
            lock (owner._lock)
            {
                if (!owner.PretendsToSync)
                {
                    file.Sync();
                }
            }
        }

        public void Truncate(long length)
        {
            CheckOpen();
            owner.Announce(FaultCallKind.Truncate, Path);
            lock (owner._lock)
            {
                file.Truncate(length);
            }
        }

        public void Dispose() => _disposed = true;

        private void CheckOpen() => ObjectDisposedException.ThrowIf(_disposed, this);
    }

    private sealed class HeldLock(FaultFileSystem owner, string path) : IDisposable
    {
        public void Dispose()
        {
            lock (owner._lock)
            {
                owner._locked.Remove(path);
            }
        }
    }
}
