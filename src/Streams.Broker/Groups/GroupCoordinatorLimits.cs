namespace Streams.Broker.Groups;

/// <summary>The bounds of the coordinator.</summary>
internal static class GroupCoordinatorLimits
{
    /// <summary>Kafka's <c>offset.metadata.max.bytes</c>.</summary>
    public const int OffsetMetadataBytesMax = 4096;

    /// <summary>Members of one group. Kafka has no bound by default (<c>group.max.size</c>); each costs a timer and a place in every join answer.</summary>
    public const int GroupMembersMax = 10_000;

    /// <summary>Requests that wait for their turn in one shard; more are refused with CoordinatorNotAvailable, which clients retry.</summary>
    public const int QueuedRequestsMax = 65_536;

    /// <summary>Characters of a group id, as in a topic's name.</summary>
    public const int GroupIdLengthMax = 249;
}
