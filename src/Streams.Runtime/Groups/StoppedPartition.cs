namespace Streams.Runtime.Groups;

/// <summary>A partition that goes no further until it is resumed or moves to another member.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">The offset it stands at: the record that failed, or the place where reading failed.</param>
/// <param name="Error">Why.</param>
internal sealed record StoppedPartition(TopicPartition Partition, long Offset, Exception Error);
