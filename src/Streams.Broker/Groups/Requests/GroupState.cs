namespace Streams.Broker.Groups.Requests;

/// <summary>
/// The states of a group of the classic protocol, with Kafka's names. An arrow not written here is a bug and throws.
/// </summary>
internal enum GroupState
{
    /// <summary>
    /// No members; committed offsets are kept until they expire.
    /// Answers: join -> starts a rebalance; sync, heartbeat, leave -> UnknownMemberId; commit without a generation -> allowed; offset fetch -> allowed.
    /// Next: first member joins -> PreparingRebalance; the last offset expires, or the group is deleted -> Dead.
    /// </summary>
    Empty,

    /// <summary>
    /// Waits until every known member has joined (again), at most for the longest rebalance timeout.
    /// Answers: join -> parked until the phase ends; sync, heartbeat -> RebalanceInProgress (the session goes on);
    /// commit of the old generation -> allowed, so that consumers can commit what they give up.
    /// Next: all joined, or the time is over -> CompletingRebalance with the next generation; nobody left -> Empty.
    /// </summary>
    PreparingRebalance,

    /// <summary>
    /// Everybody knows the generation; waits for the leader's assignment.
    /// Answers: join with the same metadata -> the current generation again, with other metadata -> starts a rebalance;
    /// sync -> parked, the leader's ends the phase once it is durable; heartbeat -> None; commit -> RebalanceInProgress.
    /// Next: the leader's assignment is durable -> Stable; a member joins, leaves or fails -> PreparingRebalance.
    /// </summary>
    CompletingRebalance,

    /// <summary>
    /// Everybody has an assignment.
    /// Answers: join of a follower with the same metadata -> the current generation again, of the leader or with other metadata -> starts a
    /// rebalance; sync -> the current assignment; heartbeat -> None; commit of the generation -> allowed.
    /// Next: a member joins, leaves or fails, or the leader joins again -> PreparingRebalance.
    /// </summary>
    Stable,

    /// <summary>
    /// Gone: deleted, or its last offset expired. A later request makes a new group.
    /// Answers: none, the coordinator no longer finds it.
    /// Next: nothing.
    /// </summary>
    Dead,
}
