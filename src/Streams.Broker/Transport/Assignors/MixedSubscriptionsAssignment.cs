namespace Streams.Broker.Transport.Assignors;

/// <summary>
/// The sticky assignment where members subscribe to different topics: everybody keeps what is still theirs, the rest goes to whoever has least,
/// then partitions move from members with more to members with fewer until no move helps, unless the result is no better than before.
/// </summary>
internal sealed class MixedSubscriptionsAssignment
{
    private readonly IReadOnlyDictionary<string, int> _partitionCounts;
    private readonly OwnedPartitions _owned;
    private readonly Dictionary<string, List<string>> _topicsOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _consumersOf = new(StringComparer.Ordinal);
    private readonly Dictionary<TopicPartition, string> _ownerOf = [];
    private readonly Dictionary<TopicPartition, (string Member, int Generation)> _ownerBefore = [];
    private readonly PartitionMovements _movements = new();
    private readonly SortedSet<(int Count, string Member)> _byCount;
    private Dictionary<string, List<TopicPartition>> _assignment;
    private bool _mustRevoke;

    /// <summary>Initializes a new instance of the <see cref="MixedSubscriptionsAssignment"/> class.</summary>
    /// <param name="partitionCounts">The topics.</param>
    /// <param name="owned">Who has what.</param>
    public MixedSubscriptionsAssignment(IReadOnlyDictionary<string, int> partitionCounts, OwnedPartitions owned)
    {
        _partitionCounts = partitionCounts;
        _owned = owned;
        _byCount = new(Comparer<(int Count, string Member)>.Create((left, right) =>
            left.Count != right.Count ? left.Count.CompareTo(right.Count) : string.CompareOrdinal(left.Member, right.Member)));
        _assignment = owned.ByMember.ToDictionary(member => member.Key, member => member.Value, StringComparer.Ordinal);
        foreach (var topic in partitionCounts.Keys)
        {
            _consumersOf.Add(topic, 0);
        }

        foreach (var member in owned.Members)
        {
            var topics = member.Topics.Where(partitionCounts.ContainsKey).ToList();
            _topicsOf.Add(member.MemberId, topics);
            topics.ForEach(topic => _consumersOf[topic]++);
        }
    }

    /// <summary>Makes it.</summary>
    public Dictionary<string, List<TopicPartition>> Make()
    {
        RememberOlderOwners();
        var all = _partitionCounts.Keys
            .OrderBy(topic => _consumersOf[topic]).ThenBy(topic => topic, StringComparer.Ordinal)
            .SelectMany(topic => Enumerable.Range(0, _partitionCounts[topic]).Select(partition => new TopicPartition(topic, partition)))
            .ToList();
        var assigned = Keep();
        assigned.Sort((left, right) => _consumersOf[left.Topic] != _consumersOf[right.Topic]
            ? _consumersOf[left.Topic].CompareTo(_consumersOf[right.Topic])
            : left.CompareTo(right));
        var unassigned = StickyAssignment.Without(all, assigned);
        foreach (var (member, own) in _assignment)
        {
            _byCount.Add((own.Count, member));
        }

        Balance(all, unassigned);
        return _assignment;
    }

    private static int Score(Dictionary<string, List<TopicPartition>> assignment)
    {
        var counts = assignment.Values.Select(own => own.Count).ToArray();
        var score = 0;
        for (var left = 0; left < counts.Length; left++)
        {
            for (var right = left + 1; right < counts.Length; right++)
            {
                score += Math.Abs(counts[left] - counts[right]);
            }
        }

        return score;
    }

    private void RememberOlderOwners()
    {
        foreach (var member in _owned.Members)
        {
            var generation = member.Generation ?? -1;
            if (generation >= _owned.GenerationMax)
            {
                continue;
            }

            foreach (var partition in member.Owned)
            {
                if (!_ownerBefore.TryGetValue(partition, out var before) || generation > before.Generation)
                {
                    _ownerBefore[partition] = (member.MemberId, generation);
                }
            }
        }
    }

    private List<TopicPartition> Keep()
    {
        var kept = new List<TopicPartition>();
        foreach (var (member, own) in _assignment)
        {
            _mustRevoke |= own.RemoveAll(partition => !_topicsOf[member].Contains(partition.Topic)) > 0;
            kept.AddRange(own);
            own.ForEach(partition => _ownerOf[partition] = member);
        }

        return kept;
    }

    private void Balance(List<TopicPartition> all, List<TopicPartition> unassigned)
    {
        var isFirst = _byCount.Max.Count == 0;
        foreach (var partition in unassigned)
        {
            AssignToLeast(partition);
        }

        // A topic with one consumer leaves no choice, and so does a member that can get nothing but such topics.
        all = [.. all.Where(partition => _consumersOf[partition.Topic] >= 2)];
        unassigned = [.. unassigned.Where(partition => _consumersOf[partition.Topic] >= 2)];
        var settled = _topicsOf.Keys.Where(member => !CanTakePart(member)).ToDictionary(
            member => member, member => _assignment[member], StringComparer.Ordinal);
        foreach (var (member, own) in settled)
        {
            _byCount.Remove((own.Count, member));
            _assignment.Remove(member);
        }

        var before = _assignment.ToDictionary(member => member.Key, member => member.Value.ToList(), StringComparer.Ordinal);
        if (!_mustRevoke)
        {
            Improve(unassigned);
        }

        if (Improve(all) && !isFirst && Score(_assignment) >= Score(before))
        {
            _assignment = before;
        }

        foreach (var (member, own) in settled)
        {
            _assignment.Add(member, own);
        }
    }

    private void AssignToLeast(TopicPartition partition)
    {
        foreach (var (count, member) in _byCount)
        {
            if (_topicsOf[member].Contains(partition.Topic))
            {
                _byCount.Remove((count, member));
                _assignment[member].Add(partition);
                _ownerOf[partition] = member;
                _byCount.Add((count + 1, member));
                return;
            }
        }
    }

    private bool CanTakePart(string member)
        => _assignment[member].Count < CountMax(member)
            || _assignment[member].Any(partition => _consumersOf[partition.Topic] >= 2);

    private int CountMax(string member) => _topicsOf[member].Sum(topic => _partitionCounts[topic]);

    private bool Improve(List<TopicPartition> partitions)
    {
        var hasMoved = false;
        bool hasMovedNow;
        do
        {
            hasMovedNow = false;
            foreach (var partition in partitions)
            {
                if (IsBalanced())
                {
                    break;
                }

                var count = _assignment[_ownerOf[partition]].Count;
                if (_ownerBefore.TryGetValue(partition, out var before) && count > _assignment[before.Member].Count + 1)
                {
                    Reassign(partition, before.Member);
                    hasMovedNow = true;
                }
                else if (_byCount.Any(other => count > other.Count + 1 && _topicsOf[other.Member].Contains(partition.Topic)))
                {
                    Reassign(partition, _byCount.First(least => _topicsOf[least.Member].Contains(partition.Topic)).Member);
                    hasMovedNow = true;
                }
            }

            hasMoved |= hasMovedNow;
        }
        while (hasMovedNow);

        return hasMoved;
    }

    private bool IsBalanced()
    {
        if (_byCount.Count == 0 || _byCount.Min.Count >= _byCount.Max.Count - 1)
        {
            return true;
        }

        foreach (var (count, member) in _byCount)
        {
            if (count == CountMax(member))
            {
                continue;
            }

            foreach (var topic in _topicsOf[member])
            {
                for (var number = 0; number < _partitionCounts[topic]; number++)
                {
                    var owner = _ownerOf[new TopicPartition(topic, number)];
                    if (owner != member && count + 1 < _assignment[owner].Count)
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }

    private void Reassign(TopicPartition partition, string to)
    {
        var moved = _movements.ToBeMoved(partition, _ownerOf[partition], to);
        var from = _ownerOf[moved];
        _byCount.Remove((_assignment[from].Count, from));
        _byCount.Remove((_assignment[to].Count, to));
        _movements.Move(moved, from, to);
        _assignment[from].Remove(moved);
        _assignment[to].Add(moved);
        _ownerOf[moved] = to;
        _byCount.Add((_assignment[to].Count, to));
        _byCount.Add((_assignment[from].Count, from));
    }
}
