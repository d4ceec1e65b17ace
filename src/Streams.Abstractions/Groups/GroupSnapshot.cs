namespace Streams;

/// <summary>How a group stood at one moment.</summary>
/// <param name="GroupId">The group id.</param>
/// <param name="Partitions">Every partition of the group's topics, by topic and number.</param>
/// <param name="Failure">Why the whole group has stopped, or <see langword="null"/>.</param>
public sealed record GroupSnapshot(string GroupId, IReadOnlyList<PartitionSnapshot> Partitions, StreamsException? Failure)
{
    /// <summary>Gets the records left to handle over all partitions.</summary>
    public long Lag => Partitions.Sum(partition => partition.Lag);
}
