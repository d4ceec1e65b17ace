namespace Streams.Broker.Groups.Requests;

/// <summary>Says that a member lives.</summary>
/// <param name="GroupId">The group.</param>
/// <param name="MemberId">The member id.</param>
/// <param name="GroupInstanceId">The name of a static member, or <see langword="null"/>.</param>
/// <param name="GenerationId">The generation.</param>
internal readonly record struct HeartbeatRequest(string GroupId, string MemberId, string? GroupInstanceId, int GenerationId);
