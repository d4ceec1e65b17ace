using Microsoft.Extensions.Logging;

namespace Streams.Runtime.Processing;

/// <summary>What the log says about handling records: 2700-2799.</summary>
internal static partial class ProcessingLog
{
    [LoggerMessage(2700, LogLevel.Information, "Group {GroupId} skips offset {Offset} of {Partition} on purpose: {Reason}")]
    public static partial void RecordSkipped(ILogger logger, string groupId, TopicPartition partition, long offset, string reason);

    [LoggerMessage(2701, LogLevel.Debug, "An outcome for offset ticket {Ticket} of lease {Lease} comes after the lease ended and is "
        + "dropped.")]
    public static partial void StaleOutcome(ILogger logger, Transport.Lease lease, long ticket);

    [LoggerMessage(2702, LogLevel.Warning,
        "Group {GroupId} has {InFlight} records of {Partition} in flight, the most allowed, and takes no more until the one at offset "
        + "{Oldest} "
        + "has an outcome. Under CommitPolicy.Manual every record needs Ack, CommitAsync or SkipAsync.")]
    public static partial void WaitsForOutcomes(ILogger logger, string groupId, int inFlight, TopicPartition partition, long? oldest);

    [LoggerMessage(2703, LogLevel.Warning, "A handler of group {GroupId} threw after it had completed offset {Offset} of {Partition}; "
        + "the record stays completed.")]
    public static partial void ThrewAfterOutcome(ILogger logger, string groupId, long offset, TopicPartition partition, Exception error);

    [LoggerMessage(2704, LogLevel.Warning, "Something a handler registered on its cancellation token threw.")]
    public static partial void CancellationThrew(ILogger logger, Exception error);
}
