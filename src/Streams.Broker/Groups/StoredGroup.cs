namespace Streams.Broker.Groups;

/// <summary>A group as it is stored. Immutable.</summary>
/// <param name="ProtocolType">The kind of group.</param>
/// <param name="Generation">The generation.</param>
/// <param name="Protocol">The selected protocol, or <see langword="null"/>.</param>
/// <param name="Leader">The leader, or <see langword="null"/>.</param>
/// <param name="StateTimestamp">Since when, in milliseconds since 1970, or -1.</param>
/// <param name="Members">The members; none means that the group is empty.</param>
internal sealed record StoredGroup(
    string ProtocolType,
    int Generation,
    string? Protocol,
    string? Leader,
    long StateTimestamp,
    IReadOnlyList<StoredMember> Members);
