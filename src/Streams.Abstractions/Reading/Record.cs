namespace Streams;

/// <summary>A message with where it stands. Owns its bytes.</summary>
/// <param name="Message">The message; the default value for a tombstone.</param>
/// <param name="Metadata">Topic, partition, offset and time.</param>
/// <param name="Key">The key bytes, empty where there is none.</param>
/// <param name="Headers">The headers.</param>
/// <param name="IsTombstone">Whether the record has no value and so deletes its key.</param>
/// <typeparam name="T">The message.</typeparam>
public sealed record Record<T>(T Message, RecordMetadata Metadata, ReadOnlyMemory<byte> Key, RecordHeaders Headers, bool IsTombstone);
