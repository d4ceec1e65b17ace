namespace Streams.Storage;

/// <summary>What a log lets its store remember about it. Thread-safe.</summary>
internal interface ILogCheckpoints
{
    /// <summary>Everything below the offset is on disk and need not be checked again; written with the next occasion.</summary>
    void SaveRecoveryPoint(TopicPartition partition, long offset);

    /// <summary>The log starts here, durably when this returns.</summary>
    void SaveStartOffset(TopicPartition partition, long offset);

    /// <summary>Everything below is compacted.</summary>
    void SaveCleanOffset(TopicPartition partition, long offset);
}
