using System.Collections.Concurrent;
using Streams.Broker.Groups.Requests;

namespace Streams.Broker.Groups;

/// <summary>
/// What the log of a shard says: groups and committed offsets. It changes in <see cref="Replay"/> alone, the same way for records just
/// written and for those read at a start, so a restart finds exactly this. One thread replays; anybody may read.
/// </summary>
internal sealed class ShardRecords
{
    private readonly ConcurrentDictionary<string, GroupRecords> _groups = new(StringComparer.Ordinal);

    /// <summary>Gets all groups with records.</summary>
    public IEnumerable<KeyValuePair<string, GroupRecords>> Groups => _groups;

    /// <summary>Returns the records of a group, or <see langword="null"/>.</summary>
    /// <param name="groupId">The group.</param>
    public GroupRecords? Find(string groupId) => _groups.GetValueOrDefault(groupId);

    /// <summary>Takes one record. Kinds that the classic protocol does not know are passed over: they are another protocol's.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value, or <see langword="null"/> for a tombstone. An empty one is taken for that too: every value has a version.</param>
    public void Replay(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte>? value)
    {
        value = value is { IsEmpty: true } ? default(ReadOnlyMemory<byte>?) : value;
        if (StoredRecords.TryReadOffsetKey(key, out var offsetGroup, out var partition))
        {
            ReplayOffset(offsetGroup, partition, value is null ? null : StoredRecords.ReadOffset(value.Value));
        }
        else if (StoredRecords.TryReadGroupKey(key, out var group))
        {
            ReplayGroup(group, value is null ? null : StoredRecords.ReadGroup(value.Value));
        }
    }

    private void ReplayOffset(string groupId, TopicPartition partition, CommittedOffset? offset)
    {
        if (offset is not null)
        {
            _groups.GetOrAdd(groupId, static _ => new GroupRecords()).Offsets[partition] = offset;
        }
        else if (_groups.TryGetValue(groupId, out var records))
        {
            records.Offsets.TryRemove(partition, out _);
            ForgetEmpty(groupId, records);
        }
    }

    private void ReplayGroup(string groupId, StoredGroup? group)
    {
        if (group is not null)
        {
            _groups.GetOrAdd(groupId, static _ => new GroupRecords()).Group = group;
        }
        else if (_groups.TryGetValue(groupId, out var records))
        {
            records.Group = null;
            ForgetEmpty(groupId, records);
        }
    }

    private void ForgetEmpty(string groupId, GroupRecords records)
    {
        if (records.Group is null && records.Offsets.IsEmpty)
        {
            _groups.TryRemove(groupId, out _);
        }
    }
}
