namespace Streams.Broker.Groups;

/// <summary>How the coordinator behaves. Copied when it is made.</summary>
internal sealed record GroupCoordinatorOptions
{
    /// <summary>Gets how long the first rebalance of an empty group waits for more members; the default is 3 s, the embedded transport takes 0.</summary>
    public TimeSpan InitialRebalanceDelay { get; init; } = GroupCoordinatorDefaults.InitialRebalanceDelay;

    /// <summary>Gets the shortest session timeout a member may ask for; the default is 6 s.</summary>
    public TimeSpan SessionTimeoutMin { get; init; } = GroupCoordinatorDefaults.SessionTimeoutMin;

    /// <summary>Gets the longest session timeout a member may ask for; the default is 30 min.</summary>
    public TimeSpan SessionTimeoutMax { get; init; } = GroupCoordinatorDefaults.SessionTimeoutMax;

    /// <summary>Gets how long a new member that waits for a rebalance is believed to live; the default is 5 min.</summary>
    public TimeSpan NewMemberJoinTimeout { get; init; } = GroupCoordinatorDefaults.NewMemberJoinTimeout;

    /// <summary>Gets how long offsets of a group without members are kept; the default is 7 days.</summary>
    public TimeSpan OffsetsRetention { get; init; } = GroupCoordinatorDefaults.OffsetsRetention;

    /// <summary>Gets how many members a group may have.</summary>
    public int GroupMembersMax { get; init; } = GroupCoordinatorLimits.GroupMembersMax;
}
