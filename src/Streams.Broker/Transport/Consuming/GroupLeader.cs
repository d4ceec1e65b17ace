using Streams.Broker.Groups.Requests;
using Streams.Broker.Transport.Assignors;
using Streams.Protocol.Stored;

namespace Streams.Broker.Transport.Consuming;

/// <summary>The leader's part: it shares the partitions, and asks for a rebalance when the topics are no longer those it shared. Thread-safe.</summary>
/// <param name="data">What topics there are.</param>
/// <param name="signals">Takes the wish for a rebalance.</param>
internal sealed class GroupLeader(IConsumerData data, MemberSignals signals) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private (MemberState State, Dictionary<string, int?> Counts)? _shared;

    /// <summary>Makes the assignment of every member, and begins to watch its topics.</summary>
    /// <param name="joined">The answer that made this member the leader.</param>
    /// <param name="state">The state of this member in the new generation.</param>
    public IReadOnlyDictionary<string, byte[]> Assign(JoinGroupAnswer joined, MemberState state)
    {
        var members = joined.Members.Select(Read).ToArray();
        var counts = members.SelectMany(member => member.Topics)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(topic => topic, data.PartitionCount, StringComparer.Ordinal);
        Share((state, counts));
        if (joined.SkipAssignment)
        {
            return new Dictionary<string, byte[]>(StringComparer.Ordinal);
        }

        var existing = counts.Where(topic => topic.Value is > 0)
            .ToDictionary(topic => topic.Key, topic => topic.Value!.Value, StringComparer.Ordinal);
        return state.Assignor!.Assign(existing, members).ToDictionary(
            member => member.Key,
            member => new ConsumerAssignment(member.Value, userData: null).Write(),
            StringComparer.Ordinal);
    }

    /// <summary>Stops watching: another member leads, or nobody knows.</summary>
    public void StepDown() => Share(null);

    /// <summary>Looks soon whether the topics have changed.</summary>
    public void CheckSoon() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    /// <inheritdoc />
    public void Execute() => Check();

    /// <summary>Looks whether the topics have changed since they were shared.</summary>
    public void Check()
    {
        (MemberState State, Dictionary<string, int?> Counts) shared;
        lock (_gate)
        {
            if (_shared is null)
            {
                return;
            }

            shared = _shared.Value;
        }

        foreach (var (topic, count) in shared.Counts)
        {
            var now = data.PartitionCount(topic);
            if (now != count)
            {
                signals.Rejoin(
                    shared.State,
                    $"topic '{topic}' has {now?.ToString() ?? "no"} partitions now, not {count?.ToString() ?? "none"}");
                return;
            }
        }
    }

    private void Share((MemberState State, Dictionary<string, int?> Counts)? shared)
    {
        lock (_gate)
        {
            _shared = shared;
        }
    }

    private static AssignorMember Read(JoinGroupMember member)
    {
        var subscription = ConsumerSubscription.Read(member.Metadata);
        return new AssignorMember(member.MemberId, member.GroupInstanceId, subscription.Topics)
        {
            Owned = subscription.OwnedPartitions,
            Generation = subscription.GenerationId < 0 ? null : subscription.GenerationId,
            UserData = subscription.UserData?.ToArray(),
        };
    }
}
