namespace Streams.Broker.Groups.Requests;

/// <summary>Asks for the member's assignment; the leader's brings everybody's.</summary>
internal sealed record SyncGroupRequest
{
    /// <summary>Gets the group.</summary>
    public required string GroupId { get; init; }

    /// <summary>Gets the member id.</summary>
    public required string MemberId { get; init; }

    /// <summary>Gets the name of a static member, or <see langword="null"/>.</summary>
    public string? GroupInstanceId { get; init; }

    /// <summary>Gets the generation.</summary>
    public required int GenerationId { get; init; }

    /// <summary>Gets the kind of group the member believes in, or <see langword="null"/> (before SyncGroup v5).</summary>
    public string? ProtocolType { get; init; }

    /// <summary>Gets the protocol the member believes in, or <see langword="null"/> (before SyncGroup v5).</summary>
    public string? ProtocolName { get; init; }

    /// <summary>Gets the assignment of each member, from the leader only.</summary>
    public IReadOnlyDictionary<string, byte[]> Assignments { get; init; } = new Dictionary<string, byte[]>(StringComparer.Ordinal);
}
