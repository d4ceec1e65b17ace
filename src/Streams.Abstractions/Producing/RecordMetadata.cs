namespace Streams;

/// <summary>Where a record stands in the log.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">The offset, or -1 where the producer did not wait for it (<see cref="Acks.None"/>).</param>
/// <param name="Timestamp">The record's timestamp.</param>
public readonly record struct RecordMetadata(string Topic, int Partition, long Offset, DateTimeOffset Timestamp);
