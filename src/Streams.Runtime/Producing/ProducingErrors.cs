using Streams.Runtime.Connection;

namespace Streams.Runtime.Producing;

/// <summary>What a producer refuses, in words.</summary>
internal static class ProducingErrors
{
    public static StreamsException KeyIsMissing(MessageDescriptor message, string topic, bool isTombstone)
        => new(isTombstone
            ? $"A tombstone of '{message.Type.Name}' on topic '{topic}' needs a key to delete, and the message has none. "
                + "Mark a member with [PartitionKey], and give it a value."
            : $"The message '{message.Type.Name}' has no key, which the compacted topic '{topic}' requires. "
                + "Mark a member with [PartitionKey], and give it a value.")
        {
            Code = StreamsErrorCode.InvalidRecord,
        };

    public static StreamsException NoSuchPartition(MessageTopic topic, int partition)
        => topic.PartitionCount == 0
            ? new($"Topic '{topic.Name}' is not known to the broker. Create it with ITopics.CreateAsync, "
                + "or restart the host, which creates the topics of its messages.")
            {
                Code = StreamsErrorCode.UnknownTopicOrPartition,
            }
            : new($"Partition {partition} of topic '{topic.Name}' does not exist: it has partitions 0 to {topic.PartitionCount - 1}. "
                + "Choose one of these, or leave ProduceOptions.Partition null.")
            {
                Code = StreamsErrorCode.UnknownTopicOrPartition,
            };

    public static StreamsException PartitionerIsOff(MessageDescriptor message, string topic, int partition, int count)
        => new($"The partitioner of '{message.Type.Name}' chose partition {partition} of topic '{topic}', which has partitions "
            + $"0 to {count - 1}. IPartitioner<T>.Partition must return a number from 0 to partitionCount - 1.")
        {
            Code = StreamsErrorCode.InvalidPartitions,
        };

    public static StreamsException HeaderIsReserved(string name)
        => new($"The header '{name}' cannot be set: names that start with '{ProducingDefaults.ReservedHeaderPrefix}' belong to Streams. "
            + "Choose another name.")
        {
            Code = StreamsErrorCode.InvalidRecord,
        };
}
