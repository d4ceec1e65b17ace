using System.Buffers.Binary;
using System.Text;

namespace Streams.Broker.Transport.Assignors;

/// <summary>Kafka's <c>sticky</c>: as the cooperative one, but everybody stops first, so partitions change hands in one rebalance.</summary>
internal sealed class StickyAssignor : IPartitionAssignor
{
    /// <inheritdoc />
    public string Name => "sticky";

    /// <inheritdoc />
    public bool IsCooperative => false;

    // | topic count (4) | each: name length (2), name, partition count (4), partitions (4 each) | generation (4), absent in version 0 |

    /// <inheritdoc />
    public byte[]? UserData(IReadOnlyList<TopicPartition> assigned, int generation)
    {
        if (generation < 0)
        {
            return null;
        }

        var topics = assigned.GroupBy(partition => partition.Topic, StringComparer.Ordinal).ToArray();
        var bytes = new byte[8 + topics.Sum(topic => 6 + Encoding.UTF8.GetByteCount(topic.Key) + (4 * topic.Count()))];
        var rest = WriteInt32(bytes, topics.Length);
        foreach (var topic in topics)
        {
            var length = Encoding.UTF8.GetBytes(topic.Key, rest[2..]);
            BinaryPrimitives.WriteInt16BigEndian(rest, (short)length);
            rest = WriteInt32(rest[(2 + length)..], topic.Count());
            foreach (var partition in topic)
            {
                rest = WriteInt32(rest, partition.Partition);
            }
        }

        WriteInt32(rest, generation);
        return bytes;
    }

    /// <inheritdoc />
    public Dictionary<string, List<TopicPartition>> Assign(
        IReadOnlyDictionary<string, int> partitionCounts,
        IReadOnlyList<AssignorMember> members)
    {
        // What members had stands in the user data alone: they own nothing any more when they join.
        var subscribed = members.ToDictionary(member => member.MemberId, StringComparer.Ordinal);
        var known = members.Select(Read).ToArray();
        return StickyAssignment.Make(partitionCounts, known, member => subscribed[member.MemberId].Generation).ByMember;
    }

    private static Span<byte> WriteInt32(Span<byte> bytes, int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes[4..];
    }

    private static AssignorMember Read(AssignorMember member)
    {
        if (member.UserData is not { Length: > 0 } bytes)
        {
            return member with { Owned = [], Generation = null };
        }

        var partitions = new List<TopicPartition>();
        ReadOnlySpan<byte> rest = bytes;
        var isSound = TryReadInt32(ref rest, out var topics);
        for (var topic = 0; isSound && topic < topics; topic++)
        {
            isSound = TryReadTopic(ref rest, partitions);
        }

        return !isSound
            ? member with { Owned = [], Generation = -1 }
            : member with { Owned = partitions, Generation = TryReadInt32(ref rest, out var generation) ? generation : null };
    }

    private static bool TryReadTopic(ref ReadOnlySpan<byte> rest, List<TopicPartition> partitions)
    {
        if (!BinaryPrimitives.TryReadInt16BigEndian(rest, out var length) || length < 0 || rest.Length - 2 < length)
        {
            return false;
        }

        var name = Encoding.UTF8.GetString(rest.Slice(2, length));
        rest = rest[(2 + length)..];
        if (!TryReadInt32(ref rest, out var count) || count < 0 || count > rest.Length / 4)
        {
            return false;
        }

        for (var index = 0; index < count; index++)
        {
            TryReadInt32(ref rest, out var partition);
            partitions.Add(new TopicPartition(name, partition));
        }

        return true;
    }

    private static bool TryReadInt32(ref ReadOnlySpan<byte> rest, out int value)
    {
        if (!BinaryPrimitives.TryReadInt32BigEndian(rest, out value))
        {
            return false;
        }

        rest = rest[4..];
        return true;
    }
}
