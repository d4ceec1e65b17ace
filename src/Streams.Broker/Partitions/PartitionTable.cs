using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Streams.Broker.Topics;
using Streams.Storage;

namespace Streams.Broker.Partitions;

/// <summary>All partitions that are open. Readers are thread-safe; the catalog opens and deletes, one call at a time.</summary>
internal sealed class PartitionTable(LogStore store) : ITopicLogs
{
    private readonly ConcurrentDictionary<TopicPartition, Partition> _partitions = new();
    private readonly RecordBlockPool _blocks = new();
    private readonly Lock _opening = new();
    private readonly HashSet<TopicPartition> _found = [.. store.Partitions.Select(partition => partition.Name)];

    /// <summary>Gets all open partitions.</summary>
    public ICollection<Partition> All => _partitions.Values;

    /// <summary>Finds a partition.</summary>
    public bool TryGet(TopicPartition name, [NotNullWhen(true)] out Partition? partition) => _partitions.TryGetValue(name, out partition);

    /// <summary>Returns a partition.</summary>
    /// <exception cref="StreamsException">UnknownTopicOrPartition.</exception>
    public Partition Get(TopicPartition name)
        => TryGet(name, out var partition)
            ? partition
            : throw new StreamsException($"There is no partition '{name}'. Create the topic first, or check name and partition count.")
            {
                Code = StreamsErrorCode.UnknownTopicOrPartition,
            };

    /// <inheritdoc />
    public void Open(Topic topic, int firstPartition)
    {
        foreach (var name in topic.PartitionsFrom(firstPartition))
        {
            // The partitions of __consumer_offsets are made when the first group lives there: fifty folders would be most of a first start.
            if (topic.Name != TopicNames.ConsumerOffsets || _found.Contains(name))
            {
                GetOrOpen(topic, name.Partition);
            }
        }
    }

    /// <summary>Returns a partition of a topic, whose log is made where it is missing.</summary>
    public Partition GetOrOpen(Topic topic, int partition)
    {
        var name = new TopicPartition(topic.Name, partition);
        if (_partitions.TryGetValue(name, out var open))
        {
            return open;
        }

        lock (_opening)
        {
            return _partitions.TryGetValue(name, out open)
                ? open
                : _partitions[name] = new(store.OpenLog(name, topic.Id, topic.Log), _blocks);
        }
    }

    /// <inheritdoc />
    public void Reconfigure(Topic topic)
    {
        foreach (var name in topic.Partitions)
        {
            if (_partitions.TryGetValue(name, out var partition))
            {
                partition.Log.Reconfigure(topic.Log);
            }
        }
    }

    /// <inheritdoc />
    public void Delete(Topic topic, int firstPartition)
    {
        foreach (var name in topic.PartitionsFrom(firstPartition))
        {
            if (_partitions.TryRemove(name, out var partition))
            {
                partition.Close(new($"Topic '{topic.Name}' was deleted.") { Code = StreamsErrorCode.UnknownTopicOrPartition });
            }

            store.DeleteLog(name);
        }
    }

    /// <summary>Closes all partitions, so that nobody waits any more. The store closes the logs.</summary>
    public void Close()
    {
        foreach (var partition in _partitions.Values)
        {
            partition.Close(new("The broker is closed.") { Code = StreamsErrorCode.Closed });
        }
    }
}
