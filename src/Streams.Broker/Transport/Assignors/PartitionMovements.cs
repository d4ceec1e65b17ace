namespace Streams.Broker.Transport.Assignors;

/// <summary>Which partitions moved from whom to whom, so that two partitions of one topic are never exchanged between two members.</summary>
internal sealed class PartitionMovements
{
    private readonly Dictionary<(string Topic, string From, string To), (List<TopicPartition> Partitions, int CountMax)> _byPair = [];
    private readonly Dictionary<TopicPartition, (string From, string To)> _pairs = [];

    /// <summary>Returns the partition to move instead: one that came the other way goes back rather than another one.</summary>
    /// <param name="partition">The partition to be moved.</param>
    /// <param name="from">Who has it.</param>
    /// <param name="to">Who shall have it.</param>
    public TopicPartition ToBeMoved(TopicPartition partition, string from, string to)
    {
        var origin = _pairs.TryGetValue(partition, out var pair) ? pair.From : from;
        return _byPair.TryGetValue((partition.Topic, to, origin), out var opposite)
            ? JavaOrder.First(opposite.Partitions, opposite.CountMax)
            : partition;
    }

    /// <summary>Remembers a move; one that leads back to the origin is no move any more.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="from">Who had it.</param>
    /// <param name="to">Who has it.</param>
    public void Move(TopicPartition partition, string from, string to)
    {
        if (_pairs.Remove(partition, out var before))
        {
            Forget(partition, before);
            from = before.From;
        }

        if (from != to)
        {
            Remember(partition, (from, to));
        }
    }

    private void Remember(TopicPartition partition, (string From, string To) pair)
    {
        _pairs.Add(partition, pair);
        var key = (partition.Topic, pair.From, pair.To);
        var (partitions, countMax) = _byPair.TryGetValue(key, out var known) ? known : ([], 0);
        partitions.Add(partition);
        _byPair[key] = (partitions, Math.Max(countMax, partitions.Count));
    }

    private void Forget(TopicPartition partition, (string From, string To) pair)
    {
        var key = (partition.Topic, pair.From, pair.To);
        var partitions = _byPair[key].Partitions;
        partitions.Remove(partition);
        if (partitions.Count == 0)
        {
            _byPair.Remove(key);
        }
    }
}
