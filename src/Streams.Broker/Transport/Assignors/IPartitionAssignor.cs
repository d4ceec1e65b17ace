namespace Streams.Broker.Transport.Assignors;

/// <summary>A way to share partitions among the members of a group, with the results of Kafka's Java client. Stateless and thread-safe.</summary>
internal interface IPartitionAssignor
{
    /// <summary>Gets Kafka's name.</summary>
    string Name { get; }

    /// <summary>Gets a value indicating whether members keep their partitions during a rebalance (KIP-429).</summary>
    bool IsCooperative { get; }

    /// <summary>Returns what a member tells this assignor alone, or <see langword="null"/>.</summary>
    /// <param name="assigned">What the member got last, whether it still has it or not.</param>
    /// <param name="generation">In which generation, or -1.</param>
    byte[]? UserData(IReadOnlyList<TopicPartition> assigned, int generation);

    /// <summary>Shares the partitions. Every member has an entry.</summary>
    /// <param name="partitionCounts">The topics that exist, at least those anybody subscribes to.</param>
    /// <param name="members">The members in the order in which they joined.</param>
    Dictionary<string, List<TopicPartition>> Assign(
        IReadOnlyDictionary<string, int> partitionCounts,
        IReadOnlyList<AssignorMember> members);
}
