using Microsoft.Extensions.Logging;
using Streams.Broker.Groups.Requests;

namespace Streams.Broker.Groups;

/// <summary>What the coordinator says.</summary>
internal static partial class GroupCoordinatorLog
{
    [LoggerMessage(2000, LogLevel.Information, "Loaded {Groups} groups with {Offsets} committed offsets from {Partitions} partitions.")]
    public static partial void Loaded(ILogger logger, int groups, int offsets, int partitions);

    [LoggerMessage(2001, LogLevel.Information,
        "Group {GroupId} moved from {Previous} to {Current} at generation {Generation}: {Reason}.")]
    public static partial void GroupMoved(
        ILogger logger, string groupId, GroupState previous, GroupState current, int generation, string reason);

    [LoggerMessage(2002, LogLevel.Information,
        "Group {GroupId} has generation {Generation} with {Members} members and protocol {Protocol}.")]
    public static partial void GenerationBegan(ILogger logger, string groupId, int generation, int members, string protocol);

    [LoggerMessage(2003, LogLevel.Information, "Member {MemberId} of group {GroupId} is gone: {Reason}.")]
    public static partial void MemberRemoved(ILogger logger, string groupId, string memberId, string reason);

    [LoggerMessage(2004, LogLevel.Information, "Static member {InstanceId} of group {GroupId} is {MemberId} now; {OldMemberId} is fenced.")]
    public static partial void StaticMemberReplaced(ILogger logger, string groupId, string instanceId, string memberId, string oldMemberId);

    [LoggerMessage(2005, LogLevel.Warning, "Group {GroupId}, generation {Generation}: the leader gave member {MemberId} no assignment.")]
    public static partial void AssignmentMissing(ILogger logger, string groupId, int generation, string memberId);

    [LoggerMessage(2006, LogLevel.Warning,
        "Group {GroupId} had committed offset {Offset} of '{Partition}', but the recovered partition ends at {End}: "
        + "it is set back to {End}. Records from there on were lost with the machine; what is produced now takes their offsets.")]
    public static partial void OffsetReset(ILogger logger, string groupId, TopicPartition partition, long offset, long end);

    [LoggerMessage(2007, LogLevel.Information, "Deleted {Offsets} expired committed offsets of group {GroupId}.")]
    public static partial void OffsetsExpired(ILogger logger, string groupId, int offsets);

    [LoggerMessage(2008, LogLevel.Information, "Group {GroupId} is deleted: {Reason}.")]
    public static partial void GroupDeleted(ILogger logger, string groupId, string reason);

    [LoggerMessage(2009, LogLevel.Error,
        "Partition {Partition} of __consumer_offsets did not take {Records} records. Members are told and try again; look at the disk.")]
    public static partial void WriteFailed(ILogger logger, int partition, int records, Exception exception);

    [LoggerMessage(2010, LogLevel.Critical,
        "The coordinator of partition {Partition} of __consumer_offsets broke a promise and answers no more. "
        + "This is a bug; restart, and please report it.")]
    public static partial void ShardFailed(ILogger logger, int partition, Exception exception);

    [LoggerMessage(2011, LogLevel.Warning, "A record of group {GroupId} cannot be read as {What}; it is taken as empty.")]
    public static partial void Unreadable(ILogger logger, string groupId, string what, Exception exception);
}
