namespace Streams.Broker.Transport.Assignors;

/// <summary>Kafka's <c>range</c>: every topic is cut into consecutive ranges, the first members get one partition more where it does not come out even.</summary>
internal sealed class RangeAssignor : IPartitionAssignor
{
    /// <inheritdoc />
    public string Name => "range";

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

        // Which topic comes first changes nothing but the order in a member's list; that order is the Java client's too.
        var byId = members.ToDictionary(member => member.MemberId, StringComparer.Ordinal);
        var topics = JavaOrder.Sort(byId.Keys).SelectMany(id => byId[id].Topics).Distinct(StringComparer.Ordinal);
        foreach (var topic in JavaOrder.Sort([.. topics]).Where(partitionCounts.ContainsKey))
        {
            var consumers = sorted.Where(member => member.Topics.Contains(topic)).ToArray();
            var (each, more) = Math.DivRem(partitionCounts[topic], consumers.Length);
            var next = 0;
            for (var index = 0; index < consumers.Length; index++)
            {
                for (var end = next + each + (index < more ? 1 : 0); next < end; next++)
                {
                    assignment[consumers[index].MemberId].Add(new TopicPartition(topic, next));
                }
            }
        }

        return assignment;
    }
}
