using System.Buffers.Binary;
using Streams.Broker.Groups.Requests;
using Streams.Protocol.Stored;

namespace Streams.Broker.Groups;

/// <summary>Between the coordinator's state and the records of <c>__consumer_offsets</c>, in the versions that Kafka 4 writes.</summary>
internal static class StoredRecords
{
    // A key begins with its kind, 2 bytes: 0 and 1 an offset, 2 a classic group. Others belong to other protocols.
    private const short GroupKind = 2;

    /// <summary>Makes the record of a committed offset.</summary>
    /// <param name="groupId">The group.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="offset">The offset.</param>
    public static StoredRecord OfOffset(string groupId, TopicPartition partition, CommittedOffset offset)
    {
        var value = new OffsetCommitValue(
            offset.Offset,
            offset.LeaderEpoch,
            offset.Metadata,
            offset.CommitTimestamp,
            offset.ExpireTimestamp ?? -1);
        return new StoredRecord(OffsetKey(groupId, partition), value.Write());
    }

    /// <summary>Makes the record that deletes a committed offset.</summary>
    /// <param name="groupId">The group.</param>
    /// <param name="partition">The partition.</param>
    public static StoredRecord OffsetTombstone(string groupId, TopicPartition partition) => new(OffsetKey(groupId, partition), null);

    /// <summary>Makes the record of a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="now">Milliseconds since 1970.</param>
    /// <param name="assignmentOf">Gives a member's assignment; <see langword="null"/> for none.</param>
    /// <param name="replaced">A static member and its new self that is not in the group yet.</param>
    public static StoredRecord OfGroup(
        ClassicGroup group,
        long now,
        Func<GroupMember, byte[]>? assignmentOf = null,
        (GroupMember Old, GroupMember New)? replaced = null)
    {
        var members = group.Members.Select(member => member == replaced?.Old ? replaced.Value.New : member).ToArray();
        var leader = replaced is { } pair && pair.Old.MemberId == group.Leader ? pair.New.MemberId : group.Leader;
        var value = new GroupMetadataValue(
            group.ProtocolType ?? "",
            group.Generation,
            group.Protocol,
            leader,
            now,
            [.. members.Select(member => new MemberMetadata(
                member.MemberId,
                member.InstanceId,
                member.ClientId,
                member.ClientHost,
                (int)member.RebalanceTimeout.TotalMilliseconds,
                (int)member.SessionTimeout.TotalMilliseconds,
                member.MetadataFor(group.Protocol),
                assignmentOf?.Invoke(member) ?? []))]);
        return new StoredRecord(new GroupMetadataKey(group.GroupId).Write(), value.Write());
    }

    /// <summary>Makes the record that deletes a group.</summary>
    /// <param name="groupId">The group.</param>
    public static StoredRecord GroupTombstone(string groupId) => new(new GroupMetadataKey(groupId).Write(), null);

    /// <summary>Reads the key of a committed offset.</summary>
    /// <param name="key">The key.</param>
    /// <param name="groupId">The group.</param>
    /// <param name="partition">The partition.</param>
    public static bool TryReadOffsetKey(ReadOnlyMemory<byte> key, out string groupId, out TopicPartition partition)
    {
        if (KindOf(key) is not (0 or 1))
        {
            (groupId, partition) = ("", default);
            return false;
        }

        var read = OffsetCommitKey.Read(key);
        (groupId, partition) = (read.Group, new TopicPartition(read.Topic, read.Partition));
        return true;
    }

    /// <summary>Reads the key of a group.</summary>
    /// <param name="key">The key.</param>
    /// <param name="groupId">The group.</param>
    public static bool TryReadGroupKey(ReadOnlyMemory<byte> key, out string groupId)
    {
        groupId = KindOf(key) == GroupKind ? GroupMetadataKey.Read(key).Group : "";
        return groupId.Length > 0;
    }

    /// <summary>Reads a committed offset.</summary>
    /// <param name="value">The value.</param>
    public static CommittedOffset ReadOffset(ReadOnlyMemory<byte> value)
    {
        var read = OffsetCommitValue.Read(value);
        return new CommittedOffset(
            read.Offset,
            read.LeaderEpoch,
            read.Metadata,
            read.CommitTimestamp,
            read.ExpireTimestamp < 0 ? null : read.ExpireTimestamp);
    }

    /// <summary>Reads a group.</summary>
    /// <param name="value">The value.</param>
    public static StoredGroup ReadGroup(ReadOnlyMemory<byte> value)
    {
        var read = GroupMetadataValue.Read(value);
        return new StoredGroup(
            read.ProtocolType,
            read.Generation,
            read.Protocol,
            read.Leader,
            read.CurrentStateTimestamp,
            [.. read.Members.Select(member => new StoredMember(
                member.MemberId,
                member.GroupInstanceId,
                member.ClientId,
                member.ClientHost,
                TimeSpan.FromMilliseconds(member.RebalanceTimeout < 0 ? member.SessionTimeout : member.RebalanceTimeout),
                TimeSpan.FromMilliseconds(member.SessionTimeout),
                member.Subscription.ToArray(),
                member.Assignment.ToArray()))]);
    }

    private static byte[] OffsetKey(string groupId, TopicPartition partition)
        => new OffsetCommitKey(groupId, partition.Topic, partition.Partition).Write();

    private static short KindOf(ReadOnlyMemory<byte> key) => key.Length < 2 ? (short)-1 : BinaryPrimitives.ReadInt16BigEndian(key.Span);
}
