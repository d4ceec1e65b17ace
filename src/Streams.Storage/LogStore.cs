using Microsoft.Extensions.Logging;
using Streams.Storage.Files;

namespace Streams.Storage;

/// <summary>One data directory: its lock, its checkpoints, the logs of all partitions, and the threads that sync them. Thread-safe.</summary>
internal sealed class LogStore : IAsyncDisposable
{
    /// <summary>Gets a value indicating whether the last owner closed the directory (true also for a new one).</summary>
    public bool WasCleanlyClosed => throw new NotImplementedException();

    /// <summary>Gets the file system.</summary>
    public IFileSystem Files => throw new NotImplementedException();

    /// <summary>Gets the data directory.</summary>
    public string Path => throw new NotImplementedException();

    /// <summary>Gets the partitions found when the directory was opened.</summary>
    public IReadOnlyList<StoredPartition> Partitions => throw new NotImplementedException();

    /// <summary>Creates or opens a data directory and locks it.</summary>
    /// <exception cref="StreamsException">DirectoryInUse, ReadOnlyDirectory, StorageFailed.</exception>
    public static LogStore Open(IFileSystem files, string path, TimeProvider time, ILoggerFactory loggers)
        => throw new NotImplementedException();

    /// <summary>Creates the log of a partition, or opens it and recovers what an unclean stop left.</summary>
    /// <exception cref="StreamsException">Corrupt: the folder belongs to another topic id; StorageFailed; DiskFull.</exception>
    public SegmentedLog OpenLog(TopicPartition partition, Guid topicId, LogOptions options) => throw new NotImplementedException();

    /// <summary>Closes the log where it is open, and deletes its files.</summary>
    public void DeleteLog(TopicPartition partition) => throw new NotImplementedException();

    /// <summary>Flushes and closes all logs, writes the checkpoints and the clean-shutdown marker, and releases the lock.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
