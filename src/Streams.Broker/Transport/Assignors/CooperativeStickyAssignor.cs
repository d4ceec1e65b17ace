using System.Buffers.Binary;

namespace Streams.Broker.Transport.Assignors;

/// <summary>
/// Kafka's <c>cooperative-sticky</c> (KIP-429): members keep what they have; a partition that changes hands is given to nobody in this
/// rebalance, and to its new owner in the next one, after the old one has let it go.
/// </summary>
internal sealed class CooperativeStickyAssignor : IPartitionAssignor
{
    /// <inheritdoc />
    public string Name => "cooperative-sticky";

    /// <inheritdoc />
    public bool IsCooperative => true;

    /// <inheritdoc />
    public byte[]? UserData(IReadOnlyList<TopicPartition> assigned, int generation)
    {
        // Only for leaders that do not read the generation in the subscription (before version 2).
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, generation);
        return bytes;
    }

    /// <inheritdoc />
    public Dictionary<string, List<TopicPartition>> Assign(
        IReadOnlyDictionary<string, int> partitionCounts,
        IReadOnlyList<AssignorMember> members)
    {
        var known = members.Select(member => member with { Generation = member.Generation ?? ReadGeneration(member.UserData) });
        var subscribed = members.ToDictionary(member => member.MemberId, StringComparer.Ordinal);
        var result = StickyAssignment.Make(partitionCounts, [.. known], member => subscribed[member.MemberId].Generation);
        foreach (var (partition, member) in result.Moving ?? FindMoving(members, result.ByMember))
        {
            result.ByMember[member].Remove(partition);
        }

        return result.ByMember;
    }

    private static int? ReadGeneration(byte[]? userData)
        => userData is null ? null : userData.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32BigEndian(userData);

    private static Dictionary<TopicPartition, string> FindMoving(
        IReadOnlyList<AssignorMember> members,
        Dictionary<string, List<TopicPartition>> assignment)
    {
        var given = new Dictionary<TopicPartition, string>();
        var taken = new HashSet<TopicPartition>();
        foreach (var member in members)
        {
            var own = assignment[member.MemberId];
            foreach (var partition in own.Except(member.Owned))
            {
                given[partition] = member.MemberId;
            }

            taken.UnionWith(member.Owned.Except(own));
        }

        return given.Where(partition => taken.Contains(partition.Key)).ToDictionary();
    }
}
