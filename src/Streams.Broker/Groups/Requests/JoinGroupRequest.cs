namespace Streams.Broker.Groups.Requests;

/// <summary>Asks to become, or to stay, a member.</summary>
internal sealed record JoinGroupRequest
{
    /// <summary>The host of members that live in the broker's own process, and end with it.</summary>
    public const string InProcessHost = "in-process";

    /// <summary>Gets the group.</summary>
    public required string GroupId { get; init; }

    /// <summary>Gets the member id, empty for a new member.</summary>
    public string MemberId { get; init; } = "";

    /// <summary>Gets the name of a static member, or <see langword="null"/>.</summary>
    public string? GroupInstanceId { get; init; }

    /// <summary>Gets the client id, the first part of a new member id.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>Gets where the client is.</summary>
    public string ClientHost { get; init; } = "";

    /// <summary>Gets after how long without a heartbeat the member is removed.</summary>
    public required TimeSpan SessionTimeout { get; init; }

    /// <summary>Gets how long a rebalance waits for the member to join again.</summary>
    public required TimeSpan RebalanceTimeout { get; init; }

    /// <summary>Gets the kind of group, <c>consumer</c> for consumers.</summary>
    public string ProtocolType { get; init; } = "consumer";

    /// <summary>Gets the protocols the member offers, the preferred one first.</summary>
    public required IReadOnlyList<GroupProtocol> Protocols { get; init; }

    /// <summary>Gets a value indicating whether a new dynamic member is told its id before it counts (JoinGroup v4 and later, KIP-394).</summary>
    public bool RequiresKnownMemberId { get; init; } = true;

    /// <summary>Gets a value indicating whether the member understands a leader that need not assign (JoinGroup v9, KIP-814).</summary>
    public bool SupportsSkippingAssignment { get; init; } = true;

    /// <summary>Gets what to call when a rebalance begins that the member has not joined: one in this process need not wait for its next
    /// heartbeat to hear of it. Called inside the coordinator, so it only schedules work. Not on the wire.</summary>
    public Action? OnRebalance { get; init; }

    /// <summary>Gets why the member joins, for the log.</summary>
    public string Reason { get; init; } = "";
}
