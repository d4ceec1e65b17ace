namespace Streams.Broker.Groups;

/// <summary>A record of <c>__consumer_offsets</c>.</summary>
/// <param name="Key">The key, with Kafka's schema.</param>
/// <param name="Value">The value, or <see langword="null"/> for a tombstone.</param>
internal readonly record struct StoredRecord(byte[] Key, byte[]? Value);
