namespace Streams.Broker.Groups.Requests;

/// <summary>Commits offsets of a group.</summary>
internal sealed record OffsetCommitRequest
{
    /// <summary>Gets the group.</summary>
    public required string GroupId { get; init; }

    /// <summary>Gets the member id, empty for a consumer outside of group management and for administrators.</summary>
    public string MemberId { get; init; } = "";

    /// <summary>Gets the name of a static member, or <see langword="null"/>.</summary>
    public string? GroupInstanceId { get; init; }

    /// <summary>Gets the generation, -1 outside of group management.</summary>
    public int GenerationId { get; init; } = -1;

    /// <summary>Gets the offsets.</summary>
    public required IReadOnlyList<PartitionOffset> Offsets { get; init; }

    /// <summary>Gets how long the offsets are kept (OffsetCommit v2 to v4), or <see langword="null"/> for the broker's retention.</summary>
    public TimeSpan? Retention { get; init; }
}
