using Streams.Broker.Transport.Consuming;

namespace Streams.Broker.Transport;

/// <summary>Topics and records for group members in the process of the broker.</summary>
internal sealed class EmbeddedConsumerData(EmbeddedBroker broker) : IConsumerData
{
    /// <inheritdoc />
    public int? PartitionCount(string topic) => broker.Topics.Find(topic)?.PartitionCount;

    /// <inheritdoc />
    public IDisposable OnTopicsChanged(Action changed) => broker.Topics.OnChanged(changed);

    /// <inheritdoc />
    public IPartitionFeed OpenFeed(TopicPartition partition) => new PartitionFeed(broker.Partitions.Get(partition));
}
