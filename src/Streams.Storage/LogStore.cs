using System.Globalization;
using Microsoft.Extensions.Logging;
using Streams.Storage.Checkpoints;
using Streams.Storage.Files;
using Streams.Storage.Flushing;
using Streams.Storage.Recovery;
using Streams.Storage.Segments;

namespace Streams.Storage;

/// <summary>One data directory: its lock, its checkpoints, the logs of all partitions, and the threads that sync them. Thread-safe.</summary>
internal sealed class LogStore : IAsyncDisposable, ILogCheckpoints
{
    private const string LockName = ".lock";
    private const string DeletedSuffix = "-delete";

    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly IDisposable _directoryLock;
    private readonly FlushQueue _flushes = new();
    private readonly OffsetCheckpoint _recoveryPoints;
    private readonly OffsetCheckpoint _durableEnds;
    private readonly OffsetCheckpoint _startOffsets;
    private readonly OffsetCheckpoint _cleanOffsets;
    private readonly Lock _lock = new();
    private readonly Dictionary<TopicPartition, SegmentedLog> _logs = [];
    private readonly HashSet<TopicPartition> _unchecked;
    private bool _disposed;

    private LogStore(IFileSystem files, string path, TimeProvider time, ILogger logger, IDisposable directoryLock)
    {
        Files = files;
        Path = path;
        _time = time;
        _logger = logger;
        _directoryLock = directoryLock;
        WasCleanlyClosed = CleanShutdownMarker.Take(files, path);
        if (!WasCleanlyClosed)
        {
            MakeNamesDurable();
        }

        FinishDeletions();
        Partitions = FindPartitions();
        _recoveryPoints = OpenCheckpoint("recovery-point-offset-checkpoint", "all logs are read from their beginning");
        _durableEnds = OpenCheckpoint("replication-offset-checkpoint", "records missing at the end of a log are not noticed");
        _startOffsets = OpenCheckpoint("log-start-offset-checkpoint", "records that were deleted one by one may come back");
        _cleanOffsets = OpenCheckpoint("cleaner-offset-checkpoint", "logs are compacted from their beginning");
        WasCleanlyClosed |= Partitions.Count == 0;
        _unchecked = WasCleanlyClosed ? [] : [.. Partitions.Select(partition => partition.Name)];
    }

    /// <summary>Gets a value indicating whether the last owner closed the directory (true also for a new one).</summary>
    public bool WasCleanlyClosed { get; }

    /// <summary>Gets the file system.</summary>
    public IFileSystem Files { get; }

    /// <summary>Gets the data directory.</summary>
    public string Path { get; }

    /// <summary>Gets the partitions found when the directory was opened.</summary>
    public IReadOnlyList<StoredPartition> Partitions { get; }

    /// <summary>Creates or opens a data directory and locks it.</summary>
    /// <exception cref="StreamsException">DirectoryInUse, ReadOnlyDirectory, StorageFailed.</exception>
    public static LogStore Open(IFileSystem files, string path, TimeProvider time, ILoggerFactory loggers)
    {
        CreateDurably(files, path);
        var directoryLock = files.Lock(FilePath.Join(path, LockName));
        try
        {
            return new(files, path, time, loggers.CreateLogger("Streams.Storage"), directoryLock);
        }
        catch
        {
            directoryLock.Dispose();
            throw;
        }
    }

    /// <summary>Creates the log of a partition, or opens it and recovers what an unclean stop left.</summary>
    /// <exception cref="StreamsException">Corrupt: the folder belongs to another topic id; StorageFailed; DiskFull.</exception>
    public SegmentedLog OpenLog(TopicPartition partition, Guid topicId, LogOptions options)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            Invariant.Holds(!_logs.ContainsKey(partition), "A log is opened once.");
            var directory = DirectoryOf(partition);
            if (!Files.DirectoryExists(directory))
            {
                // Offsets of an earlier log of this name, whose deletion was cut short, are not this one's.
                ForgetDurably(partition);
                Files.CreateDirectory(directory);
                Files.SyncDirectory(Path);
            }

            CheckTopicId(partition, directory, topicId);
            var log = Load(partition, directory, options);
            _logs.Add(partition, log);
            _unchecked.Remove(partition);
            return log;
        }
    }

    /// <summary>Closes the log where it is open, and deletes its files.</summary>
    public void DeleteLog(TopicPartition partition)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_logs.Remove(partition, out var log))
            {
                log.Abandon();
            }

            // Kept in memory only until something is saved: a full disk must not keep anybody from deleting.
            Forget(partition);
            _unchecked.Remove(partition);
            var directory = DirectoryOf(partition);
            if (Files.DirectoryExists(directory))
            {
                // Renamed first, as in Kafka: a crash leaves the whole log, or something that no one takes for a log.
                var doomed = FilePath.Join(Path, $"{partition}.{Guid.NewGuid():N}{DeletedSuffix}");
                Files.Move(directory, doomed);
                Files.SyncDirectory(Path);
                Files.DeleteDirectory(doomed);
            }
        }
    }

    /// <summary>Flushes and closes all logs, writes the checkpoints and the clean-shutdown marker, and releases the lock.</summary>
    public async ValueTask DisposeAsync()
    {
        SegmentedLog[] logs;
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            logs = [.. _logs.Values];
        }

        try
        {
            // Closing waits for the disk.
            await Task.Run(() => Close(logs)).ConfigureAwait(false);
        }
        finally
        {
            _directoryLock.Dispose();
        }
    }

    /// <inheritdoc />
    void ILogCheckpoints.SaveRecoveryPoint(TopicPartition partition, long recoveryPoint, long durableEnd)
    {
        _durableEnds.Set(partition, durableEnd);
        _recoveryPoints.Set(partition, recoveryPoint);
        TrySave(_durableEnds, _recoveryPoints);
    }

    /// <inheritdoc />
    void ILogCheckpoints.SaveStartOffset(TopicPartition partition, long offset)
    {
        _startOffsets.Set(partition, offset);
        _startOffsets.Save();
    }

    /// <inheritdoc />
    void ILogCheckpoints.SaveCleanOffset(TopicPartition partition, long offset)
    {
        _cleanOffsets.Set(partition, offset);
        TrySave(_cleanOffsets);
    }

    private void TrySave(params ReadOnlySpan<OffsetCheckpoint> checkpoints)
    {
        try
        {
            foreach (var checkpoint in checkpoints)
            {
                checkpoint.Save();
            }
        }
        catch (StreamsException error)
        {
            StorageLog.CheckpointFailed(_logger, error, Path);
        }
    }

    private static void CreateDurably(IFileSystem files, string path)
    {
        // The name of each new directory is durable only with the one above it.
        var missing = new List<string>();
        for (var directory = path; !files.DirectoryExists(directory); directory = FilePath.Parent(directory))
        {
            missing.Add(directory);
        }

        files.CreateDirectory(path);
        missing.ForEach(directory => files.SyncDirectory(FilePath.Parent(directory)));
    }

    // A process that died may have made names the operating system knows and the disk does not; from now on they are built upon.
    private void MakeNamesDurable()
    {
        Files.SyncDirectory(Path);
        try
        {
            Files.SyncDirectory(FilePath.Parent(Path));
        }
        catch (StreamsException error) when (error.Code == StreamsErrorCode.ReadOnlyDirectory)
        {
            // Nobody but its owner may read it. Its name was made durable when the directory was created.
            StorageLog.ParentNotSynced(_logger, error, Path);
        }
    }

    private SegmentedLog Load(TopicPartition partition, string directory, LogOptions options)
    {
        var context = new SegmentContext(Files, directory, options.IndexIntervalBytes, _logger);
        var loaded = new LogLoader(context, partition).Load(
            _startOffsets[partition] ?? 0, _recoveryPoints[partition] ?? 0, _durableEnds[partition] ?? 0, WasCleanlyClosed);
        var epochs = LeaderEpochs.Open(Files, directory);
        if (epochs.Current < 0 || (!WasCleanlyClosed && !loaded.IsNew))
        {
            epochs.Begin(loaded.EndOffset, loaded.LastEpoch + (WasCleanlyClosed || loaded.LastEpoch < 0 ? 0 : 1));
        }

        var cleanOffset = Math.Min(_cleanOffsets[partition] ?? 0, loaded.EndOffset);
        return new(
            partition,
            new(context, _time, _flushes, this),
            new(loaded.Segments, loaded.StartOffset, loaded.EndOffset, cleanOffset, epochs.Current),
            options);
    }

    private void Close(SegmentedLog[] logs)
    {
        // Logs first: what they close with is synced here, so nothing of value waits in the queue.
        var isClean = _unchecked.Count == 0;
        Parallel.ForEach(logs, new ParallelOptions { MaxDegreeOfParallelism = FlushLimits.ThreadsMax }, log =>
        {
            var point = log.Close();
            if (point is not null)
            {
                _recoveryPoints.Set(log.Partition, point);
                _durableEnds.Set(log.Partition, log.EndOffset);
            }

            if (point != log.EndOffset)
            {
                Volatile.Write(ref isClean, false);
            }
        });
        _flushes.Dispose();
        try
        {
            _durableEnds.Save();
            _recoveryPoints.Save();
            _startOffsets.Save();
            _cleanOffsets.Save();
            if (isClean)
            {
                CleanShutdownMarker.Set(Files, Path);
            }
            else
            {
                StorageLog.UncleanClose(_logger, null, Path);
            }
        }
        catch (StreamsException error)
        {
            StorageLog.UncleanClose(_logger, error, Path);
        }
    }

    private void Forget(TopicPartition partition)
    {
        _recoveryPoints.Set(partition, null);
        _durableEnds.Set(partition, null);
        _startOffsets.Set(partition, null);
        _cleanOffsets.Set(partition, null);
    }

    private void ForgetDurably(TopicPartition partition)
    {
        OffsetCheckpoint[] checkpoints = [_startOffsets, _durableEnds, _recoveryPoints, _cleanOffsets];
        var remembering = Array.FindAll(checkpoints, checkpoint => checkpoint[partition] is not null);
        Forget(partition);
        Array.ForEach(remembering, checkpoint => checkpoint.Save());
    }

    private void CheckTopicId(TopicPartition partition, string directory, Guid topicId)
    {
        var found = PartitionMetadata.Read(Files, directory);
        if (found == Guid.Empty)
        {
            PartitionMetadata.Write(Files, directory, topicId);
        }
        else if (found != topicId)
        {
            throw new StreamsException(
                $"The folder '{directory}' belongs to the topic with id {found}, but '{partition.Topic}' has the id {topicId}. It is left "
                + "of another topic of that name, or comes from another data directory: move it away, or restore the one it belongs to.")
            {
                Code = StreamsErrorCode.Corrupt,
            };
        }
    }

    private OffsetCheckpoint OpenCheckpoint(string name, string consequence)
    {
        var path = FilePath.Join(Path, name);
        var checkpoint = OffsetCheckpoint.Open(Files, path, out var fault);
        if (fault is not null)
        {
            StorageLog.CheckpointDamaged(_logger, path, fault, consequence);
        }

        return checkpoint;
    }

    private void FinishDeletions()
    {
        foreach (var name in Files.ListDirectories(Path).Where(name => name.EndsWith(DeletedSuffix, StringComparison.Ordinal)))
        {
            Files.DeleteDirectory(FilePath.Join(Path, name));
        }
    }

    private List<StoredPartition> FindPartitions()
    {
        var found = new List<StoredPartition>();
        foreach (var name in Files.ListDirectories(Path))
        {
            var hyphen = name.LastIndexOf('-');
            if (hyphen > 0 && int.TryParse(name.AsSpan(hyphen + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var partition))
            {
                found.Add(new(new(name[..hyphen], partition), PartitionMetadata.Read(Files, FilePath.Join(Path, name))));
            }
        }

        return found;
    }

    private string DirectoryOf(TopicPartition partition) => FilePath.Join(Path, partition.ToString());
}
