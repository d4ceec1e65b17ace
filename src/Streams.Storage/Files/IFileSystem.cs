namespace Streams.Storage.Files;

/// <summary>
/// The only door to the disk: a real one, one in memory, and in the tests one that injects faults. Thread-safe. Every failure is a
/// <see cref="StreamsException"/> with the path and one of DiskFull, ReadOnlyDirectory, DirectoryInUse or StorageFailed.
/// Names are durable only after <see cref="SyncDirectory"/> of the directory that holds them, bytes only after <see cref="ILogFile.Sync"/>.
/// </summary>
internal interface IFileSystem
{
    /// <summary>Whether the file exists.</summary>
    bool FileExists(string path);

    /// <summary>Whether the directory exists.</summary>
    bool DirectoryExists(string path);

    /// <summary>Creates the directory and those above it; nothing happens when it exists.</summary>
    void CreateDirectory(string path);

    /// <summary>Returns the names (not paths) of the files in a directory, in ordinal order.</summary>
    IReadOnlyList<string> ListFiles(string directory);

    /// <summary>Returns the names (not paths) of the directories in a directory, in ordinal order.</summary>
    IReadOnlyList<string> ListDirectories(string directory);

    /// <summary>Opens a file; the caller disposes it. Other openings, renaming and deleting stay possible.</summary>
    ILogFile Open(string path, FileOpening opening);

    /// <summary>Renames a file (replacing the target) or a directory (whose target must not exist), atomically.</summary>
    void Move(string from, string to);

    /// <summary>Deletes a file; nothing happens when it is not there. Files that are open stay readable.</summary>
    void DeleteFile(string path);

    /// <summary>Deletes a directory with everything in it; nothing happens when it is not there.</summary>
    void DeleteDirectory(string path);

    /// <summary>Makes the names in a directory durable.</summary>
    void SyncDirectory(string path);

    /// <summary>Returns how many bytes may still be written below the directory.</summary>
    long GetFreeBytes(string directory);

    /// <summary>Takes a lock that no other process and no other caller gets until it is disposed.</summary>
    /// <exception cref="StreamsException">DirectoryInUse: somebody else holds it.</exception>
    IDisposable Lock(string path);
}
