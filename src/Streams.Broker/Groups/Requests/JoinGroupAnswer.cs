namespace Streams.Broker.Groups.Requests;

/// <summary>Answers a <see cref="JoinGroupRequest"/>.</summary>
internal sealed record JoinGroupAnswer
{
    /// <summary>Gets the error.</summary>
    public GroupError Error { get; init; }

    /// <summary>Gets the generation, -1 on an error.</summary>
    public int GenerationId { get; init; } = -1;

    /// <summary>Gets the kind of group.</summary>
    public string? ProtocolType { get; init; }

    /// <summary>Gets the protocol the coordinator selected.</summary>
    public string? ProtocolName { get; init; }

    /// <summary>Gets the member id of the leader.</summary>
    public string Leader { get; init; } = "";

    /// <summary>Gets a value indicating whether the leader must not assign: what was assigned stays.</summary>
    public bool SkipAssignment { get; init; }

    /// <summary>Gets the member id.</summary>
    public string MemberId { get; init; } = "";

    /// <summary>Gets all members, for the leader only.</summary>
    public IReadOnlyList<JoinGroupMember> Members { get; init; } = [];
}
