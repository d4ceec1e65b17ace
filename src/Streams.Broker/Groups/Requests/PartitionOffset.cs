namespace Streams.Broker.Groups.Requests;

/// <summary>An offset to commit.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">The next offset to be handled.</param>
/// <param name="LeaderEpoch">The leader epoch of the last handled record, or -1.</param>
/// <param name="Metadata">Any text, at most 4,096 bytes.</param>
internal readonly record struct PartitionOffset(TopicPartition Partition, long Offset, int LeaderEpoch = -1, string Metadata = "");
