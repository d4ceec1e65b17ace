namespace Streams.Broker.Transport.Assignors;

/// <summary>A member as an assignor sees it.</summary>
/// <param name="MemberId">The member id.</param>
/// <param name="InstanceId">The name of a static member, or <see langword="null"/>.</param>
/// <param name="Topics">The topics it subscribes to.</param>
internal sealed record AssignorMember(string MemberId, string? InstanceId, IReadOnlyList<string> Topics)
{
    /// <summary>Gets what it says it has.</summary>
    public IReadOnlyList<TopicPartition> Owned { get; init; } = [];

    /// <summary>Gets the generation in which it got that, where its subscription tells (version 2 and later).</summary>
    public int? Generation { get; init; }

    /// <summary>Gets what it tells this assignor alone, or <see langword="null"/>.</summary>
    public byte[]? UserData { get; init; }
}
