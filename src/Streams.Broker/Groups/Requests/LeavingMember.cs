namespace Streams.Broker.Groups.Requests;

/// <summary>A member that leaves, or is removed by an administrator.</summary>
/// <param name="MemberId">The member id; may be empty where the instance id is given.</param>
/// <param name="GroupInstanceId">The name of a static member, or <see langword="null"/>.</param>
/// <param name="Reason">Why, for the log.</param>
internal readonly record struct LeavingMember(string MemberId, string? GroupInstanceId = null, string Reason = "");
