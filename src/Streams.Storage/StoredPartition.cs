namespace Streams.Storage;

/// <summary>A partition found on disk.</summary>
/// <param name="Name">The partition, from the name of its folder.</param>
/// <param name="TopicId">The topic's id, from <c>partition.metadata</c>; empty where that is missing or unreadable.</param>
internal readonly record struct StoredPartition(TopicPartition Name, Guid TopicId);
