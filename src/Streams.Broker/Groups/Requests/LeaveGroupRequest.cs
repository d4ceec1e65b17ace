namespace Streams.Broker.Groups.Requests;

/// <summary>Takes members out of a group.</summary>
/// <param name="GroupId">The group.</param>
/// <param name="Members">The members.</param>
internal sealed record LeaveGroupRequest(string GroupId, IReadOnlyList<LeavingMember> Members);
