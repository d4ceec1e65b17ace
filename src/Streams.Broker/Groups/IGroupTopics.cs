namespace Streams.Broker.Groups;

/// <summary>What the coordinator may know of topics. Thread-safe.</summary>
internal interface IGroupTopics
{
    /// <summary>Returns how many partitions a topic has, or <see langword="null"/> where there is none of that name.</summary>
    /// <param name="topic">The name.</param>
    int? PartitionCount(string topic);
}
