using Streams.Broker.Groups;
using Streams.Broker.Groups.Requests;
using Streams.Transport;

namespace Streams.Broker.Transport.Consuming;

/// <summary>What to do about the coordinator's answers.</summary>
internal static class GroupAdvice
{
    /// <summary>Returns the way out.</summary>
    /// <param name="error">The answer.</param>
    /// <param name="settings">What the member was told.</param>
    public static string For(GroupError error, ConsumerSettings settings) => error switch
    {
        GroupError.FencedInstanceId =>
            "Another member with the same instance id has taken over; give every process its own InstanceId.",
        GroupError.InconsistentGroupProtocol =>
            $"Its assignors ({string.Join(", ", settings.Assignors)}) have nothing in common with those of the others; align Assignors.",
        GroupError.InvalidSessionTimeout =>
            $"SessionTimeout is {settings.SessionTimeout}; the broker allows {GroupCoordinatorDefaults.SessionTimeoutMin} to "
            + $"{GroupCoordinatorDefaults.SessionTimeoutMax} unless its options say otherwise.",
        GroupError.InvalidGroupId =>
            $"A group id has 1 to {GroupCoordinatorLimits.GroupIdLengthMax} characters.",
        GroupError.GroupMaxSizeReached =>
            "The group has as many members as the broker allows; run fewer, or raise the bound.",
        GroupError.StorageError =>
            "The broker cannot write __consumer_offsets; look at its disk.",
        GroupError.UnknownTopicOrPartition =>
            "The topic was deleted, or never had that partition.",
        GroupError.RebalanceInProgress =>
            "The offsets can be committed after the rebalance, where the partition stays.",
        GroupError.IllegalGeneration or GroupError.UnknownMemberId =>
            "The group went on without this member: its heartbeats stopped for longer than SessionTimeout, or it joined too late.",
        _ => "Look into the log of the broker.",
    };
}
