namespace Streams.Storage.Files;

/// <summary>A file system in memory: the store of a broker without a data directory, and of most tests. It has as much room as the process.</summary>
internal sealed class MemoryFileSystem : IFileSystem
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, MemoryFile> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _directories = new(StringComparer.Ordinal);
    private readonly HashSet<string> _locked = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public bool FileExists(string path)
    {
        lock (_lock)
        {
            return _files.ContainsKey(path);
        }
    }

    /// <inheritdoc />
    public bool DirectoryExists(string path)
    {
        lock (_lock)
        {
            return IsDirectory(path);
        }
    }

    /// <inheritdoc />
    public void CreateDirectory(string path)
    {
        lock (_lock)
        {
            for (var directory = path; directory.Length > 1 && !_directories.Contains(directory); directory = FilePath.Parent(directory))
            {
                if (_files.ContainsKey(directory))
                {
                    throw Missing("create the directory", path, $"'{directory}' is a file.");
                }

                _directories.Add(directory);
            }
        }
    }

    /// <inheritdoc />
    public IReadOnlyList<string> ListFiles(string directory)
    {
        lock (_lock)
        {
            CheckDirectory("list", directory);
            return NamesIn(directory, _files.Keys);
        }
    }

    /// <inheritdoc />
    public IReadOnlyList<string> ListDirectories(string directory)
    {
        lock (_lock)
        {
            CheckDirectory("list", directory);
            return NamesIn(directory, _directories);
        }
    }

    /// <inheritdoc />
    public ILogFile Open(string path, FileOpening opening)
    {
        lock (_lock)
        {
            if (opening == FileOpening.Create && _directories.Contains(FilePath.Parent(path)))
            {
                if (!_files.TryGetValue(path, out var created))
                {
                    _files.Add(path, created = new MemoryFile());
                }

                created.Truncate(0);
                return new MemoryFileHandle(path, created, writable: true);
            }

            return _files.TryGetValue(path, out var file)
                ? new MemoryFileHandle(path, file, writable: opening != FileOpening.Read)
                : throw Missing("open", path, "there is no such file or directory.");
        }
    }

    /// <inheritdoc />
    public void Move(string from, string to)
    {
        lock (_lock)
        {
            if (_files.Remove(from, out var file))
            {
                _files[to] = file;
            }
            else if (_directories.Contains(from) && !_directories.Contains(to))
            {
                MoveDirectory(from, to);
            }
            else
            {
                throw Missing($"rename '{from}' to", to, "there is no such file, or the target exists.");
            }
        }
    }

    /// <inheritdoc />
    public void DeleteFile(string path)
    {
        lock (_lock)
        {
            _files.Remove(path);
        }
    }

    /// <inheritdoc />
    public void DeleteDirectory(string path)
    {
        lock (_lock)
        {
            foreach (var file in Below(path, _files.Keys))
            {
                _files.Remove(file);
            }

            _directories.ExceptWith(Below(path, _directories));
            _directories.Remove(path);
        }
    }

    /// <inheritdoc />
    public void SyncDirectory(string path)
    {
        lock (_lock)
        {
            CheckDirectory("sync the directory", path);
        }
    }

    /// <inheritdoc />
    public long GetFreeBytes(string directory) => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <inheritdoc />
    public IDisposable Lock(string path)
    {
        lock (_lock)
        {
            return _locked.Add(path) ? new HeldLock(this, path) : throw FileErrors.InUse(path);
        }
    }

    private static string[] NamesIn(string directory, IEnumerable<string> paths)
    {
        var names = paths.Where(path => FilePath.Parent(path) == directory).Select(FilePath.Name).ToArray();
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    private static string[] Below(string directory, IEnumerable<string> paths)
    {
        var prefix = directory + FilePath.Separator;
        return [.. paths.Where(path => path.StartsWith(prefix, StringComparison.Ordinal))];
    }

    private static StreamsException Missing(string action, string path, string text) => FileErrors.FromError(action, path, 0, text);

    // Where all paths begin there is always something.
    private bool IsDirectory(string path) => path.Length <= 1 || _directories.Contains(path);

    private void CheckDirectory(string action, string path)
    {
        if (!IsDirectory(path))
        {
            throw Missing(action, path, "there is no such directory.");
        }
    }

    private void MoveDirectory(string from, string to)
    {
        foreach (var path in Below(from, _files.Keys))
        {
            _files.Remove(path, out var moved);
            _files.Add(to + path[from.Length..], moved!);
        }

        foreach (var path in Below(from, _directories))
        {
            _directories.Remove(path);
            _directories.Add(to + path[from.Length..]);
        }

        _directories.Remove(from);
        _directories.Add(to);
    }

    private sealed class HeldLock(MemoryFileSystem owner, string path) : IDisposable
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
