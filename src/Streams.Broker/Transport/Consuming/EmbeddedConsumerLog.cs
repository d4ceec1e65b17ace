using Microsoft.Extensions.Logging;
using Streams.Broker.Groups.Requests;
using Streams.Transport;

namespace Streams.Broker.Transport.Consuming;

/// <summary>What a group member in this process says.</summary>
internal static partial class EmbeddedConsumerLog
{
    [LoggerMessage(2100, LogLevel.Information,
        "Group {GroupId}, member {MemberId}, generation {Generation} ({Assignor}): {Added} partitions added, {Revoked} to be given up.")]
    public static partial void Assigned(
        ILogger logger, string groupId, string memberId, int generation, string assignor, int added, int revoked);

    [LoggerMessage(2101, LogLevel.Information, "Group {GroupId}, member {MemberId} joins again: {Reason}.")]
    public static partial void Rejoining(ILogger logger, string groupId, string memberId, string reason);

    [LoggerMessage(2102, LogLevel.Warning,
        "Group {GroupId}, member {MemberId} is no member of its generation any more ({Error}): its partitions are lost, it joins anew.")]
    public static partial void MembershipLost(ILogger logger, string groupId, string memberId, GroupError error);

    [LoggerMessage(2103, LogLevel.Warning,
        "Group {GroupId}, member {MemberId} did not give up {Partitions} partitions within the rebalance timeout of {Timeout}: "
        + "they are lost. Records in flight there are handled again by their next owner; shorten handlers, or raise RebalanceTimeout.")]
    public static partial void RevocationExpired(ILogger logger, string groupId, string memberId, int partitions, TimeSpan timeout);

    [LoggerMessage(2104, LogLevel.Error,
        "Group {GroupId}: the listener failed on a block of {Lease}; nothing more comes for that request.")]
    public static partial void ListenerFailed(ILogger logger, string groupId, Lease lease, Exception exception);

    [LoggerMessage(2105, LogLevel.Error,
        "Group {GroupId}, member {MemberId}: a revocation failed; the partitions are given up all the same.")]
    public static partial void RevocationFailed(ILogger logger, string groupId, string memberId, Exception exception);

    [LoggerMessage(2106, LogLevel.Warning, "Group {GroupId}, member {MemberId}: a heartbeat failed; the next one is on its way.")]
    public static partial void HeartbeatFailed(ILogger logger, string groupId, string memberId, Exception exception);

    [LoggerMessage(2107, LogLevel.Error, "Group {GroupId}, member {MemberId} cannot go on.")]
    public static partial void MemberFailed(ILogger logger, string groupId, string memberId, Exception exception);

    [LoggerMessage(2108, LogLevel.Information, "Group {GroupId}, member {MemberId} waits for the coordinator ({Error}).")]
    public static partial void CoordinatorNotReady(ILogger logger, string groupId, string memberId, GroupError error);
}
