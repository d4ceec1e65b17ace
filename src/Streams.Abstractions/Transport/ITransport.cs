namespace Streams.Transport;

/// <summary>
/// The way to a broker. Membership, assignors, fetching, batching, linger, retries and idempotence belong to the transport;
/// partitioning, tracking, lanes, policies and outcomes to the runtime. Thread-safe.
/// </summary>
public interface ITransport : IAsyncDisposable
{
    /// <summary>Gets topic administration.</summary>
    ITopics Topics { get; }

    /// <summary>Opens the transport: an embedded broker recovers its data here. Called once, before anything else.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Makes a producer; the caller disposes it.</summary>
    /// <param name="settings">What it is told.</param>
    ITransportProducer CreateProducer(ProducerSettings settings);

    /// <summary>Makes a member of a consumer group, which joins when it is started; the caller disposes it.</summary>
    /// <param name="settings">What it is told.</param>
    /// <param name="listener">Whom it tells of assignments and records.</param>
    ITransportConsumer CreateConsumer(ConsumerSettings settings, IConsumerListener listener);

    /// <summary>
    /// Reads records without a group. Waits while the offset is the high watermark. Below it the call always completes: where nothing is left
    /// up to the high watermark (compaction, control batches) with a block without records, whose <see cref="RecordBlock.NextOffset"/> passes the gap.
    /// </summary>
    /// <param name="partition">The partition.</param>
    /// <param name="offset">The first offset wanted.</param>
    /// <param name="bytesMax">A soft bound: at least one whole batch comes back.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A block that the caller releases.</returns>
    ValueTask<RecordBlock> ReadAsync(TopicPartition partition, long offset, int bytesMax, CancellationToken cancellationToken);

    /// <summary>Returns the first and the end offset (high watermark) of partitions.</summary>
    /// <param name="partitions">The partitions.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    ValueTask<IReadOnlyDictionary<TopicPartition, OffsetRange>> OffsetRangesAsync(
        IReadOnlyCollection<TopicPartition> partitions,
        CancellationToken cancellationToken);

    /// <summary>Returns the offset of the first record whose timestamp is that time or later, or the end offset where there is none.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="timestamp">Milliseconds since 1970.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    ValueTask<long> OffsetAtAsync(TopicPartition partition, long timestamp, CancellationToken cancellationToken);

    /// <summary>Returns the committed offsets of any group; partitions without one are absent.</summary>
    /// <param name="groupId">The group.</param>
    /// <param name="partitions">The partitions asked for.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    ValueTask<IReadOnlyDictionary<TopicPartition, long>> CommittedOffsetsAsync(
        string groupId,
        IReadOnlyCollection<TopicPartition> partitions,
        CancellationToken cancellationToken);

    /// <summary>Returns which member has which partition of a group, as far as the broker tells.</summary>
    /// <param name="groupId">The group.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    ValueTask<IReadOnlyDictionary<TopicPartition, string>> AssignmentAsync(string groupId, CancellationToken cancellationToken);
}
