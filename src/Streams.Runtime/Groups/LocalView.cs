namespace Streams.Runtime.Groups;

/// <summary>How this process's part of a group stood at one moment.</summary>
/// <param name="MemberId">The member id, empty before the first join.</param>
/// <param name="Failure">Why the whole group has stopped here, or <see langword="null"/>.</param>
/// <param name="Partitions">The partitions assigned here.</param>
internal sealed record LocalView(string MemberId, StreamsException? Failure, IReadOnlyDictionary<TopicPartition, PartitionView> Partitions);
