using System.Collections.Concurrent;
using Streams.Broker.Groups.Requests;

namespace Streams.Broker.Groups;

/// <summary>What the log says of one group. Only <see cref="ShardRecords"/> changes it; anybody may read.</summary>
internal sealed class GroupRecords
{
    private StoredGroup? _group;

    /// <summary>Gets or sets the newest record of the group, or <see langword="null"/> for one that only commits.</summary>
    public StoredGroup? Group
    {
        get => Volatile.Read(ref _group);
        set => Volatile.Write(ref _group, value);
    }

    /// <summary>Gets the committed offsets.</summary>
    public ConcurrentDictionary<TopicPartition, CommittedOffset> Offsets { get; } = new();
}
