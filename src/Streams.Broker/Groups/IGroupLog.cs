namespace Streams.Broker.Groups;

/// <summary><c>__consumer_offsets</c> as the coordinator sees it. Thread-safe.</summary>
internal interface IGroupLog
{
    /// <summary>Gets how many partitions the topic has. Never changes: it decides where a group lives.</summary>
    int PartitionCount { get; }

    /// <summary>
    /// Appends records as one batch. Calls for one partition come one at a time; the batch takes its place before the call returns, so the
    /// order of the calls is the order in the log, while any number may wait to become durable.
    /// </summary>
    /// <param name="partition">The partition.</param>
    /// <param name="records">The records; the caller does not change them later.</param>
    /// <returns>Completes once the batch is durable.</returns>
    /// <exception cref="StreamsException">It could not be written, or not made durable.</exception>
    ValueTask AppendAsync(int partition, IReadOnlyList<StoredRecord> records);

    /// <summary>Hands out all records of a partition in order. Called before the first append only.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="record">Takes key, value (<see langword="null"/> for a tombstone) and timestamp; the memory is valid inside the call only. Beware:
    /// <c>cond ? null : memory</c> is empty memory, not <see langword="null"/>; write <c>default(ReadOnlyMemory&lt;byte&gt;?)</c>.</param>
    void Replay(int partition, Action<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>?, long> record);
}
