using Streams.Broker.Groups;
using Streams.Broker.Topics;

namespace Streams.Broker;

/// <summary>What the coordinator may know of topics.</summary>
internal sealed class BrokerGroupTopics(TopicCatalog topics) : IGroupTopics
{
    /// <inheritdoc />
    public int? PartitionCount(string topic) => topics.Find(topic)?.PartitionCount;
}
