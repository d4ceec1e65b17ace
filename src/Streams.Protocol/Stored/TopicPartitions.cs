using Streams.Protocol.Primitives;

namespace Streams.Protocol.Stored;

/// <summary>Partitions of one topic, as they stand in the consumer protocol's blobs.</summary>
internal sealed record TopicPartitions(string Topic, IReadOnlyList<int> Partitions)
{
    private const int SizeMin = 6;

    /// <summary>Groups partitions by topic; topics in the order in which they first appear, partitions in theirs.</summary>
    public static IReadOnlyList<TopicPartitions> Group(IReadOnlyList<TopicPartition> partitions)
        => [.. partitions
            .GroupBy(partition => partition.Topic, StringComparer.Ordinal)
            .Select(group => new TopicPartitions(group.Key, [.. group.Select(partition => partition.Partition)]))];

    /// <summary>The partitions one by one.</summary>
    public static IReadOnlyList<TopicPartition> Flatten(IReadOnlyList<TopicPartitions> topics)
        => [.. topics.SelectMany(topic => topic.Partitions.Select(partition => new TopicPartition(topic.Topic, partition)))];

    internal static TopicPartitions[] ReadArray(ref WireReader reader)
    {
        var topics = new TopicPartitions[reader.ReadArrayLength(SizeMin)];
        for (var index = 0; index < topics.Length; index++)
        {
            topics[index] = new(reader.ReadString(), reader.ReadInt32Array());
        }

        return topics;
    }

    internal static void WriteArray(ref WireWriter writer, IReadOnlyList<TopicPartitions> topics)
    {
        writer.WriteArrayLength(topics.Count);
        foreach (var topic in topics)
        {
            writer.WriteString(topic.Topic);
            writer.WriteInt32Array(topic.Partitions);
        }
    }
}
