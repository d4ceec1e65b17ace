namespace Streams.Broker.Transport.Assignors;

/// <summary>The order in which range and round robin go through members: static ones by instance id, then the others by member id.</summary>
internal static class MemberOrder
{
    /// <summary>Returns the members in that order.</summary>
    /// <param name="members">The members.</param>
    public static IReadOnlyList<AssignorMember> Sort(IEnumerable<AssignorMember> members)
        => [.. members
            .OrderBy(member => member.InstanceId is null)
            .ThenBy(member => member.InstanceId ?? member.MemberId, StringComparer.Ordinal)];

    /// <summary>Starts an assignment in which nobody has anything.</summary>
    /// <param name="members">The members.</param>
    public static Dictionary<string, List<TopicPartition>> Nothing(IEnumerable<AssignorMember> members)
        => members.ToDictionary(member => member.MemberId, _ => new List<TopicPartition>(), StringComparer.Ordinal);
}
