using Microsoft.Extensions.Logging;

namespace Streams.Broker;

/// <summary>What the broker says.</summary>
internal static partial class BrokerLog
{
    [LoggerMessage(4550, LogLevel.Information, "The broker is ready on {Directory}: {Topics} topics, {Partitions} open partitions.")]
    public static partial void Started(ILogger logger, string directory, int topics, int partitions);

    [LoggerMessage(4551, LogLevel.Warning, "The data directory {Directory} was not closed cleanly; its logs were checked and repaired.")]
    public static partial void Unclean(ILogger logger, string directory);

    [LoggerMessage(4552, LogLevel.Information, "The broker on {Directory} is closed.")]
    public static partial void Stopped(ILogger logger, string directory);

    [LoggerMessage(4553, LogLevel.Warning, "{Count} committed offsets of partition {Partition} lay above its end {End} and were set "
        + "back to it.")]
    public static partial void OffsetsReset(ILogger logger, TopicPartition partition, long end, int count);

    [LoggerMessage(4554, LogLevel.Information, "Finished the deletion of topic {Topic}, which an earlier process had begun.")]
    public static partial void DeletionFinished(ILogger logger, string topic);

    [LoggerMessage(4560, LogLevel.Debug, "The upkeep of the broker has ended.")]
    public static partial void MaintenanceStopped(ILogger logger);

    [LoggerMessage(4561, LogLevel.Information, "{Count} committed offsets of groups without members have expired.")]
    public static partial void OffsetsExpired(ILogger logger, int count);

    [LoggerMessage(4562, LogLevel.Error, "Committed offsets could not be checked for expiry; the next round tries again.")]
    public static partial void ExpiryFailed(ILogger logger, Exception error);

    [LoggerMessage(4563, LogLevel.Information, "Retention deleted {Segments} segments ({Bytes} bytes) of {Partition}, which begins at "
        + "{StartOffset} now.")]
    public static partial void SegmentsDeleted(ILogger logger, TopicPartition partition, int segments, long bytes, long startOffset);

    [LoggerMessage(4564, LogLevel.Error,
        "Retention by size of {Partition} has passed a group that had committed {Committed} only: the partition begins at "
        + "{StartOffset} now, and the "
        + "records between are lost to that group. Raise retention.bytes, or make the group faster.")]
    public static partial void GroupOvertaken(ILogger logger, TopicPartition partition, long committed, long startOffset);

    [LoggerMessage(4565, LogLevel.Debug, "Compaction removed {Records} records of {Partition}: {Before} bytes became {After}.")]
    public static partial void Compacted(ILogger logger, TopicPartition partition, long records, long before, long after);

    [LoggerMessage(4566, LogLevel.Debug, "{Partition} was deleted or closed during its upkeep.")]
    public static partial void PartitionGone(ILogger logger, TopicPartition partition);

    [LoggerMessage(4567, LogLevel.Error, "The upkeep of {Partition} failed; the next round tries again.")]
    public static partial void MaintenanceFailed(ILogger logger, Exception error, TopicPartition partition);
}
