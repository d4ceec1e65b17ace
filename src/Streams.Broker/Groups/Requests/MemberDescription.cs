namespace Streams.Broker.Groups.Requests;

/// <summary>A member at one moment.</summary>
/// <param name="MemberId">The member id.</param>
/// <param name="GroupInstanceId">The name of a static member, or <see langword="null"/>.</param>
/// <param name="ClientId">The client id.</param>
/// <param name="ClientHost">Where the client is.</param>
/// <param name="Metadata">What it told the selected assignor.</param>
/// <param name="Assignment">What it was assigned, opaque.</param>
/// <param name="Partitions">What it was assigned, where the group is one of consumers; empty while it is not settled.</param>
internal sealed record MemberDescription(
    string MemberId,
    string? GroupInstanceId,
    string ClientId,
    string ClientHost,
    byte[] Metadata,
    byte[] Assignment,
    IReadOnlyList<TopicPartition> Partitions);
