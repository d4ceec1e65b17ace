using Microsoft.Extensions.Logging;

namespace Streams.Storage;

/// <summary>What the data directory and its logs say.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(4000, LogLevel.Warning, "The checkpoint {Path} is damaged ({Fault}) and counts as empty: {Consequence}.")]
    public static partial void CheckpointDamaged(ILogger logger, string path, string fault, string consequence);

    [LoggerMessage(4001, LogLevel.Error, "Partition {Partition} takes no records any more: {Reason}")]
    public static partial void LogFailed(ILogger logger, Exception error, TopicPartition partition, string reason);

    [LoggerMessage(4002, LogLevel.Error, "The data directory {Path} could not be closed cleanly; the next start checks its logs.")]
    public static partial void UncleanClose(ILogger logger, Exception? error, string path);

    [LoggerMessage(4003, LogLevel.Error, "The checkpoints of {Path} could not be written; the next start reads more than it had to.")]
    public static partial void CheckpointFailed(ILogger logger, Exception error, string path);

    [LoggerMessage(4005, LogLevel.Warning, "Partition {Partition} starts at offset {Offset} now, which could not be written down: the disk "
        + "is full. It goes on deleting, so that there is room again.")]
    public static partial void StartNotSaved(ILogger logger, Exception error, TopicPartition partition, long offset);

    [LoggerMessage(4006, LogLevel.Warning,
        "All records of {Path} are old enough to go, but no new segment could be begun: the disk is full.")]
    public static partial void ExpiredNotClosed(ILogger logger, Exception error, string path);

    [LoggerMessage(4007, LogLevel.Debug, "The directory above {Path} may not be read by this user and was not synced.")]
    public static partial void ParentNotSynced(ILogger logger, Exception error, string path);
}
