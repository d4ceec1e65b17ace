namespace Streams.Broker.Transport.Assignors;

/// <summary>Kafka's <c>roundrobin</c>: all partitions in order are dealt to the members in turn, past those who do not subscribe to the topic.</summary>
internal sealed class RoundRobinAssignor : IPartitionAssignor
{
    /// <inheritdoc />
    public string Name => "roundrobin";

    /// <inheritdoc />
    public bool IsCooperative => false;

    /// <inheritdoc />
    public byte[]? UserData(IReadOnlyList<TopicPartition> assigned, int generation) => null;

    /// <inheritdoc />
    public Dictionary<string, List<TopicPartition>> Assign(
        IReadOnlyDictionary<string, int> partitionCounts,
        IReadOnlyList<AssignorMember> members)
    {
        var assignment = MemberOrder.Nothing(members);
        var sorted = MemberOrder.Sort(members);
        var turn = 0;
        foreach (var topic in members.SelectMany(member => member.Topics).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            for (var partition = 0; partition < partitionCounts.GetValueOrDefault(topic); partition++)
            {
                while (!sorted[turn].Topics.Contains(topic))
                {
                    turn = (turn + 1) % sorted.Count;
                }

                assignment[sorted[turn].MemberId].Add(new TopicPartition(topic, partition));
                turn = (turn + 1) % sorted.Count;
            }
        }

        return assignment;
    }
}
