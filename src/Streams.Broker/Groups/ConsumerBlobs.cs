using Microsoft.Extensions.Logging;
using Streams.Protocol.Stored;

namespace Streams.Broker.Groups;

/// <summary>The little the coordinator reads of what members of consumer groups tell each other. What it cannot read it takes as empty.</summary>
internal static class ConsumerBlobs
{
    /// <summary>Returns the topics of a subscription.</summary>
    /// <param name="subscription">The bytes.</param>
    /// <param name="groupId">The group, for the log.</param>
    /// <param name="logger">The log.</param>
    public static HashSet<string> Topics(byte[] subscription, string groupId, ILogger logger)
        => subscription.Length == 0
            ? []
            : Read(groupId, "subscription", logger, () => ConsumerSubscription.Read(subscription).Topics.ToHashSet(StringComparer.Ordinal));

    /// <summary>Returns the partitions of an assignment.</summary>
    /// <param name="assignment">The bytes.</param>
    /// <param name="groupId">The group, for the log.</param>
    /// <param name="logger">The log.</param>
    public static IReadOnlyList<TopicPartition> Partitions(byte[] assignment, string groupId, ILogger logger)
        => assignment.Length == 0
            ? []
            : Read(groupId, "assignment", logger, () => ConsumerAssignment.Read(assignment).Partitions.ToList());

    private static T Read<T>(string groupId, string what, ILogger logger, Func<T> read)
        where T : new()
    {
        try
        {
            return read();
        }
#pragma warning disable CA1031 // A foreign member may put anything here; it must not stop the group.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            GroupCoordinatorLog.Unreadable(logger, groupId, what, exception);
            return new T();
        }
    }
}
