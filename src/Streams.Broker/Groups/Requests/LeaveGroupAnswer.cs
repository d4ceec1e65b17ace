namespace Streams.Broker.Groups.Requests;

/// <summary>Answers a <see cref="LeaveGroupRequest"/>.</summary>
/// <param name="Error">An error of the whole request.</param>
/// <param name="Members">One error for each member, in the order of the request.</param>
internal sealed record LeaveGroupAnswer(GroupError Error, IReadOnlyList<GroupError> Members);
