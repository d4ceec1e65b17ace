namespace Streams.Protocol.Records;

/// <summary>
/// What a batch says about itself beyond its records. The defaults are those of a producer without idempotence: offsets from 0
/// (the log stamps them), no leader epoch, no producer.
/// </summary>
internal readonly record struct RecordBatchProperties
{
    public RecordBatchProperties()
    {
    }

    public CompressionCodec Codec { get; init; }

    public long BaseOffset { get; init; }

    public int LeaderEpoch { get; init; } = -1;

    public long ProducerId { get; init; } = -1;

    public short ProducerEpoch { get; init; } = -1;

    public int BaseSequence { get; init; } = -1;

    public bool IsTransactional { get; init; }

    public bool IsControl { get; init; }

    /// <summary>Gets the last offset's delta where it is not that of the last record: compaction keeps the original one.</summary>
    public int? LastOffsetDelta { get; init; }

    /// <summary>Gets the time of the append that all records carry, or <see langword="null"/> where each carries its own.</summary>
    public long? AppendTime { get; init; }

    /// <summary>
    /// Gets the batch's largest timestamp where it is not that of its records, as in a batch that compaction has emptied.
    /// </summary>
    public long? MaxTimestamp { get; init; }
}
