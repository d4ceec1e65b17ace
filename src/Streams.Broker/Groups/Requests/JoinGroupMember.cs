namespace Streams.Broker.Groups.Requests;

/// <summary>A member as the leader sees it.</summary>
/// <param name="MemberId">The member id.</param>
/// <param name="GroupInstanceId">The name of a static member, or <see langword="null"/>.</param>
/// <param name="Metadata">What it told the selected assignor.</param>
internal sealed record JoinGroupMember(string MemberId, string? GroupInstanceId, byte[] Metadata);
