namespace Streams.Broker.Transport.Assignors;

/// <summary>The result of a sticky assignment.</summary>
/// <param name="ByMember">What each member gets.</param>
/// <param name="Moving">Partitions that change hands, with who gets them; <see langword="null"/> where it was not kept track of.</param>
internal sealed record StickyAssignment(
    Dictionary<string, List<TopicPartition>> ByMember,
    Dictionary<TopicPartition, string>? Moving)
{
    /// <summary>Shares partitions so that as few as possible change hands and nobody has two more than another, as far as subscriptions allow.</summary>
    /// <param name="partitionCounts">The topics.</param>
    /// <param name="members">The members.</param>
    /// <param name="generationOf">The generation that decides a dispute.</param>
    public static StickyAssignment Make(
        IReadOnlyDictionary<string, int> partitionCounts,
        IReadOnlyList<AssignorMember> members,
        Func<AssignorMember, int?> generationOf)
    {
        var topics = members.SelectMany(member => member.Topics).Distinct(StringComparer.Ordinal);
        var counts = topics.Where(topic => partitionCounts.GetValueOrDefault(topic) > 0)
            .ToDictionary(topic => topic, topic => partitionCounts[topic], StringComparer.Ordinal);
        var owned = OwnedPartitions.Of(counts, members, generationOf);
        return owned.AreSubscriptionsEqual
            ? new EqualSubscriptionsAssignment(counts, owned).Make()
            : new StickyAssignment(new MixedSubscriptionsAssignment(counts, owned).Make(), Moving: null);
    }

    /// <summary>Returns the partitions of all that are not assigned yet. Both lists are in the same order.</summary>
    /// <param name="all">All partitions.</param>
    /// <param name="assigned">Those that are assigned.</param>
    public static List<TopicPartition> Without(IEnumerable<TopicPartition> all, List<TopicPartition> assigned)
    {
        var unassigned = new List<TopicPartition>();
        var next = 0;
        foreach (var partition in all)
        {
            if (next < assigned.Count && assigned[next] == partition)
            {
                next++;
            }
            else
            {
                unassigned.Add(partition);
            }
        }

        return unassigned;
    }
}
