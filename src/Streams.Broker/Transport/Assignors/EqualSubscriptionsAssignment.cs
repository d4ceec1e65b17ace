namespace Streams.Broker.Transport.Assignors;

/// <summary>
/// The sticky assignment where everybody subscribes to the same topics: everybody ends with the quota rounded down or up. Members keep what
/// they have up to their quota; the rest is dealt in turn to those below it, then to those with exactly the lower one.
/// </summary>
internal sealed class EqualSubscriptionsAssignment
{
    private readonly IReadOnlyDictionary<string, int> _partitionCounts;
    private readonly OwnedPartitions _owned;
    private readonly Dictionary<string, List<TopicPartition>> _assignment;
    private readonly Dictionary<TopicPartition, string> _takenFrom = [];
    private readonly Dictionary<TopicPartition, string> _moving = [];
    private readonly List<TopicPartition> _assigned = [];
    private readonly List<string> _belowQuota = [];
    private readonly List<string> _atLowerQuota = [];
    private readonly int _lowerQuota;
    private readonly int _upperQuota;
    private readonly int _upperCountMax;
    private int _upperCount;

    /// <summary>Initializes a new instance of the <see cref="EqualSubscriptionsAssignment"/> class.</summary>
    /// <param name="partitionCounts">The topics.</param>
    /// <param name="owned">Who has what.</param>
    public EqualSubscriptionsAssignment(IReadOnlyDictionary<string, int> partitionCounts, OwnedPartitions owned)
    {
        _partitionCounts = partitionCounts;
        _owned = owned;
        _assignment = MemberOrder.Nothing(owned.Members);
        var total = partitionCounts.Values.Sum();
        (_lowerQuota, _upperCountMax) = Math.DivRem(total, owned.Members.Count);
        _upperQuota = _lowerQuota + (_upperCountMax > 0 ? 1 : 0);
    }

    /// <summary>Makes it.</summary>
    public StickyAssignment Make()
    {
        foreach (var (member, own) in _owned.ByMember)
        {
            Keep(member, own);
        }

        _assigned.Sort();
        var all = _partitionCounts.OrderBy(topic => topic.Key, StringComparer.Ordinal)
            .SelectMany(topic => Enumerable.Range(0, topic.Value).Select(partition => new TopicPartition(topic.Key, partition)));
        var left = StickyAssignment.Without(all, _assigned);
        _belowQuota.Sort(StringComparer.Ordinal);
        _atLowerQuota.Sort(StringComparer.Ordinal);
        Deal(left);
        return new StickyAssignment(_assignment, _moving);
    }

    private void Keep(string member, List<TopicPartition> owned)
    {
        var own = owned.Where(partition => !_owned.Disputed.Contains(partition))
            .OrderBy(partition => partition.Partition)
            .ThenBy(partition => partition.Topic, StringComparer.Ordinal)
            .ToArray();
        var kept = own.Length;
        if (own.Length < _lowerQuota)
        {
            _belowQuota.Add(member);
        }
        else if (own.Length >= _upperQuota && _upperCount < _upperCountMax)
        {
            kept = _upperQuota;
            _upperCount++;
            if (_upperCount == _upperCountMax)
            {
                _atLowerQuota.Clear();
            }
        }
        else
        {
            kept = _lowerQuota;
            if (_upperCount < _upperCountMax)
            {
                _atLowerQuota.Add(member);
            }
        }

        _assignment[member].AddRange(own[..kept]);
        _assigned.AddRange(own[..kept]);
        foreach (var partition in own[kept..])
        {
            _takenFrom[partition] = member;
        }
    }

    private void Deal(List<TopicPartition> partitions)
    {
        var turn = 0;
        foreach (var partition in partitions)
        {
            string member;
            var isBelow = _belowQuota.Count > 0;
            if (isBelow)
            {
                turn = turn < _belowQuota.Count ? turn : 0;
                member = _belowQuota[turn];
            }
            else
            {
                Invariant.Holds(_atLowerQuota.Count > 0, "The quotas add up to all partitions.");
                member = _atLowerQuota[0];
                _atLowerQuota.RemoveAt(0);
            }

            var count = Give(partition, member);
            if (isBelow && count == _lowerQuota)
            {
                _belowQuota.RemoveAt(turn);
                _atLowerQuota.Add(member);
            }
            else
            {
                turn++;
            }
        }
    }

    private int Give(TopicPartition partition, string member)
    {
        _assignment[member].Add(partition);
        if ((_takenFrom.TryGetValue(partition, out var before) && before != member) || _owned.Disputed.Contains(partition))
        {
            _moving[partition] = member;
        }

        return _assignment[member].Count;
    }
}
