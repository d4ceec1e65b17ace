namespace Streams;

/// <summary>How a group stood on one partition.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Member">The member that has it, or <see langword="null"/> where nobody has it or the owner is not known here.</param>
/// <param name="Position">The next offset to be fetched, where this process has the partition.</param>
/// <param name="Committed">The committed offset, or <see langword="null"/> where nothing is committed.</param>
/// <param name="End">The end of the partition.</param>
/// <param name="Lag">From the committed offset (or the start position) to the end.</param>
/// <param name="IsPaused">Whether a user has paused it here.</param>
/// <param name="OldestUnfinished">The oldest record in flight here, or <see langword="null"/>.</param>
/// <param name="Failure">Why the partition has stopped, or <see langword="null"/>.</param>
public sealed record PartitionSnapshot(
    TopicPartition Partition,
    string? Member,
    long? Position,
    long? Committed,
    long End,
    long Lag,
    bool IsPaused,
    long? OldestUnfinished,
    Exception? Failure);
