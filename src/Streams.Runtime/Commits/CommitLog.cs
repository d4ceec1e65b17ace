using Microsoft.Extensions.Logging;

namespace Streams.Runtime.Commits;

/// <summary>What the log says about commits: 2600-2699.</summary>
internal static partial class CommitLog
{
    [LoggerMessage(2600, LogLevel.Debug, "A commit of group {GroupId} is retried (attempt {Attempt}) in {Delay}: {Reason}")]
    public static partial void CommitRetried(ILogger logger, string groupId, int attempt, TimeSpan delay, string reason);

    [LoggerMessage(2601, LogLevel.Warning,
        "A commit of group {GroupId} failed after {Retries} retries; its offsets travel with the next commit. After a crash before that, "
        + "records are handled again. {Reason}")]
    public static partial void CommitLeft(ILogger logger, string groupId, int retries, string reason);

    [LoggerMessage(2602, LogLevel.Warning,
        "Group {GroupId} went on without this member ({Code}): all its partitions are given up, and what was not committed is handled "
        + "again "
        + "by whoever gets them. {Reason}")]
    public static partial void CommitFenced(ILogger logger, string groupId, StreamsErrorCode code, string reason);

    [LoggerMessage(2603, LogLevel.Error,
        "Group {GroupId} stops in this process: its offsets cannot be committed ({Code}). Correct the cause and restart the host.")]
    public static partial void CommitFatal(ILogger logger, string groupId, StreamsErrorCode code, Exception error);

    [LoggerMessage(2604, LogLevel.Warning,
        "A commit of group {GroupId} that handlers wait for has failed {Attempts} times and is tried again: {Reason}")]
    public static partial void CommitStillRetried(ILogger logger, string groupId, int attempts, string reason);
}
