namespace Streams.Broker.Transport.Assignors;

/// <summary>Who has what before a sticky assignment, with contradictions settled: a newer generation wins, of one generation nobody does.</summary>
internal sealed class OwnedPartitions
{
    private const int NoGeneration = -1;

    private OwnedPartitions(IReadOnlyList<AssignorMember> members) => Members = members;

    /// <summary>Gets the members in the order of a Java map.</summary>
    public IReadOnlyList<AssignorMember> Members { get; }

    /// <summary>Gets what each member has, in the same order.</summary>
    public OrderedDictionary<string, List<TopicPartition>> ByMember { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets partitions that two members of one generation claimed.</summary>
    public HashSet<TopicPartition> Disputed { get; } = [];

    /// <summary>Gets the newest generation.</summary>
    public int GenerationMax { get; private set; } = NoGeneration;

    /// <summary>Gets a value indicating whether all members subscribe to the same topics.</summary>
    public bool AreSubscriptionsEqual { get; private set; } = true;

    /// <summary>Collects it.</summary>
    /// <param name="partitionCounts">The topics.</param>
    /// <param name="members">The members; <see cref="AssignorMember.Owned"/> and <see cref="AssignorMember.Generation"/> are what counts.</param>
    /// <param name="generationOf">The generation that decides a dispute, where it is another one.</param>
    public static OwnedPartitions Of(
        IReadOnlyDictionary<string, int> partitionCounts,
        IReadOnlyList<AssignorMember> members,
        Func<AssignorMember, int?> generationOf)
    {
        var byId = members.ToDictionary(member => member.MemberId, StringComparer.Ordinal);
        var order = JavaOrder.Sort([.. members.Select(member => member.MemberId)]);
        var owned = new OwnedPartitions([.. order.Select(id => byId[id])]);
        owned.Collect(partitionCounts, byId, generationOf);
        return owned;
    }

    private void Collect(
        IReadOnlyDictionary<string, int> partitionCounts,
        Dictionary<string, AssignorMember> byId,
        Func<AssignorMember, int?> generationOf)
    {
        var topics = new HashSet<string>(StringComparer.Ordinal);
        var owners = new Dictionary<TopicPartition, string>();
        foreach (var member in Members)
        {
            if (topics.Count == 0)
            {
                topics.UnionWith(member.Topics);
            }
            else if (member.Topics.Count != topics.Count || !member.Topics.All(topics.Contains))
            {
                AreSubscriptionsEqual = false;
            }

            var generation = member.Generation ?? NoGeneration;
            GenerationMax = Math.Max(GenerationMax, generation);
            var own = new List<TopicPartition>();
            ByMember.Add(member.MemberId, own);
            foreach (var partition in member.Owned.Where(partition => partitionCounts.ContainsKey(partition.Topic)))
            {
                if (!owners.TryGetValue(partition, out var other))
                {
                    own.Add(partition);
                    owners.Add(partition, member.MemberId);
                    continue;
                }

                var otherGeneration = generationOf(byId[other]) ?? NoGeneration;
                if (generation < otherGeneration)
                {
                    continue;
                }

                if (generation == otherGeneration)
                {
                    Disputed.Add(partition);
                }
                else
                {
                    own.Add(partition);
                }

                ByMember[other].Remove(partition);
                owners[partition] = member.MemberId;
            }
        }
    }
}
