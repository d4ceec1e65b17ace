using Microsoft.Extensions.Logging;

namespace Streams.Runtime.Groups;

/// <summary>What the log says about groups in this process: 2500-2599.</summary>
internal static partial class GroupLog
{
    [LoggerMessage(2500, LogLevel.Information, "Group {GroupId} was assigned {Partitions}.")]
    public static partial void Assigned(ILogger logger, string groupId, string partitions);

    [LoggerMessage(2501, LogLevel.Information, "Group {GroupId} gave up {Partitions}.")]
    public static partial void GivenUp(ILogger logger, string groupId, string partitions);

    [LoggerMessage(2502, LogLevel.Warning,
        "Group {GroupId} lost {Partitions}: nothing more is committed there, and what was not committed is handled again by whoever "
        + "has them now.")]
    public static partial void Lost(ILogger logger, string groupId, string partitions);

    [LoggerMessage(2503, LogLevel.Error,
        "Partition {Partition} of group {GroupId} stands still at offset {Offset}; the other partitions go on. Correct the cause and "
        + "resume the "
        + "partition (IConsumerGroup.ResumeAsync) or restart the host: it begins at that record. To pass it, seek to the offset "
        + "behind it.")]
    public static partial void PartitionStopped(ILogger logger, string groupId, TopicPartition partition, long offset, Exception error);

    [LoggerMessage(2504, LogLevel.Error, "Group {GroupId} has stopped in this process. Correct the cause and restart the host.")]
    public static partial void GroupFailed(ILogger logger, string groupId, Exception error);

    [LoggerMessage(2505, LogLevel.Warning, "{Callback} of handler {Handler} in group {GroupId} threw; the group goes on.")]
    public static partial void CallbackThrew(ILogger logger, string groupId, string handler, HandlerCallbacks callback, Exception error);

    [LoggerMessage(2506, LogLevel.Warning,
        "Handlers of group {GroupId} still run on {Partitions} {Grace} after they were cancelled; the partitions go without them. "
        + "Their records are "
        + "handled again. A handler that passes its CancellationToken on ends in time.")]
    public static partial void HandlersLeft(ILogger logger, string groupId, string partitions, TimeSpan grace);

    [LoggerMessage(2507, LogLevel.Warning, "The final commit of group {GroupId} on {Partitions} was not answered within {Budget}; "
        + "records after the last commit are handled again.")]
    public static partial void FinalCommitMissing(ILogger logger, string groupId, string partitions, TimeSpan budget);

    [LoggerMessage(2508, LogLevel.Warning,
        "Group {GroupId} stood at offset {Offset} of {Partition}, which the partition does not hold any more; it goes on at {Target} "
        + "(StartFrom = {StartFrom}). {Reason}")]
    public static partial void OutOfRange(
        ILogger logger, string groupId, TopicPartition partition, long offset, long target, StartFrom startFrom, string reason);

    [LoggerMessage(2509, LogLevel.Information, "Group {GroupId} goes to offset {Offset} of {Partition}.")]
    public static partial void Sought(ILogger logger, string groupId, TopicPartition partition, long offset);

    [LoggerMessage(2510, LogLevel.Warning, "{What} of group {GroupId} failed and is tried again in {Delay}: {Reason}")]
    public static partial void Retried(ILogger logger, string groupId, string what, TimeSpan delay, string reason);

    [LoggerMessage(2511, LogLevel.Warning, "Group {GroupId} could not leave in order; its partitions move when its session times out. "
        + "{Reason}")]
    public static partial void LeaveFailed(ILogger logger, string groupId, string reason);

    [LoggerMessage(2512, LogLevel.Warning, "Flushing producers before the final commit of group {GroupId} failed: {Reason}")]
    public static partial void FlushFailed(ILogger logger, string groupId, string reason);
}
