using System.Collections.Immutable;
using Streams.Storage;

namespace Streams.Broker.Topics;

/// <summary>A topic at one moment. Immutable; a change makes a new one with the same id.</summary>
/// <param name="Name">The name.</param>
/// <param name="Id">The id it got when it was created.</param>
/// <param name="PartitionCount">How many partitions it has.</param>
/// <param name="Settings">What was set, by Kafka's names.</param>
/// <param name="Log">What these settings and the broker's defaults come to for its logs.</param>
internal sealed record Topic(
    string Name,
    Guid Id,
    int PartitionCount,
    ImmutableSortedDictionary<string, string> Settings,
    LogOptions Log)
{
    /// <summary>Gets a value indicating whether it is one of the broker's own.</summary>
    public bool IsInternal => TopicNames.IsInternal(Name);

    /// <summary>Gets its partitions.</summary>
    public IEnumerable<TopicPartition> Partitions => PartitionsFrom(0);

    /// <summary>Returns its partitions from one on.</summary>
    public IEnumerable<TopicPartition> PartitionsFrom(int first)
        => Enumerable.Range(first, PartitionCount - first).Select(partition => new TopicPartition(Name, partition));

    /// <summary>Returns what applications see of it.</summary>
    public TopicDescription Describe() => new(Name, Id, PartitionCount, IsInternal, Settings);
}
