using Microsoft.Extensions.Logging;
using Streams.Storage.Segments;

namespace Streams.Storage.Recovery;

/// <summary>What recovery says.</summary>
internal static partial class RecoveryLog
{
    [LoggerMessage(4010, LogLevel.Warning, "Cut {Bytes} bytes from the end of {Path}, from position {Position} on: the write of offset "
        + "{Offset} was not finished ({Reason}). What was acknowledged as durable is not affected.")]
    public static partial void TornTailCut(ILogger logger, string path, long bytes, long position, long offset, string reason);

    [LoggerMessage(4011, LogLevel.Error, "DATA LOSS in partition {Partition}: part of {Path} is damaged and cannot be read: {Damage}. "
        + "The bytes are kept in {Kept}; everything else is in place. Check the disk.")]
    public static partial void Quarantined(ILogger logger, TopicPartition partition, string path, DamagedRange damage, string kept);

    [LoggerMessage(4012, LogLevel.Information, "Recovered partition {Partition} from offset {From} on: {Segments} segments with {Bytes} "
        + "bytes were read, the log ends at {End}.")]
    public static partial void Recovered(ILogger logger, TopicPartition partition, long from, int segments, long bytes, long end);

    [LoggerMessage(4013, LogLevel.Information, "Finished the compaction of partition {Partition} from offset {BaseOffset} on, which a "
        + "stop had interrupted.")]
    public static partial void SwapFinished(ILogger logger, TopicPartition partition, long baseOffset);

    [LoggerMessage(4014, LogLevel.Warning, "{Path} is not as it was left by a clean stop ({Reason}); it is recovered.")]
    public static partial void CleanButDamaged(ILogger logger, string path, string reason);

    [LoggerMessage(4015, LogLevel.Error, "DATA LOSS in partition {Partition}: it was on disk up to offset {DurableEnd}, but it ends at "
        + "{End} now. New records begin at {DurableEnd}. Check the disk, and whether files were taken away or replaced by older ones.")]
    public static partial void EndLost(ILogger logger, TopicPartition partition, long end, long durableEnd);

    [LoggerMessage(4016, LogLevel.Warning, "A checkpoint says that partition {Partition} was on disk up to offset {DurableEnd}, but the "
        + "other one and the log say {End}. The log is believed; the checkpoint is written again.")]
    public static partial void CheckpointContradicted(ILogger logger, TopicPartition partition, long durableEnd, long end);
}
