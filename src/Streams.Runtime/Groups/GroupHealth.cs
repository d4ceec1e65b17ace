namespace Streams.Runtime.Groups;

/// <summary>A group's health at one moment. Immutable.</summary>
/// <param name="Status">The verdict.</param>
/// <param name="Stopped">Partitions that have stopped, by topic and number; empty unless degraded or failed.</param>
/// <param name="Failure">Why the whole group has stopped, or <see langword="null"/>.</param>
internal sealed record GroupHealth(GroupStatus Status, IReadOnlyList<StoppedPartition> Stopped, StreamsException? Failure)
{
    /// <summary>Gets the health of a group with nothing to report.</summary>
    public static GroupHealth Healthy { get; } = new(GroupStatus.Healthy, [], null);
}
