namespace Streams.Storage;

/// <summary>What a log lets its store remember about it. Thread-safe.</summary>
internal interface ILogCheckpoints
{
    /// <summary>Remembers how far the log is on disk. A failure is only reported: the next start reads more than it had to.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="recoveryPoint">Everything below is on disk with its indexes and need not be checked again.</param>
    /// <param name="durableEnd">Everything below is on disk: what is missing there at the next start is lost, not unfinished.</param>
    void SaveRecoveryPoint(TopicPartition partition, long recoveryPoint, long durableEnd);

    /// <summary>The log starts here, durably when this returns.</summary>
    void SaveStartOffset(TopicPartition partition, long offset);

    /// <summary>Everything below is compacted. A failure is only reported: the next start compacts from further back.</summary>
    void SaveCleanOffset(TopicPartition partition, long offset);
}
