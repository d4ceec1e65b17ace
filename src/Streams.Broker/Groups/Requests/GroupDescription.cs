namespace Streams.Broker.Groups.Requests;

/// <summary>A group at one moment.</summary>
/// <param name="GroupId">The group.</param>
/// <param name="State">Kafka's name of the state.</param>
/// <param name="GenerationId">The generation.</param>
/// <param name="ProtocolType">The kind of group, empty for one that only commits.</param>
/// <param name="ProtocolName">The selected protocol, empty while there is none.</param>
/// <param name="Leader">The leader, or <see langword="null"/>.</param>
/// <param name="Members">The members.</param>
internal sealed record GroupDescription(
    string GroupId,
    GroupState State,
    int GenerationId,
    string ProtocolType,
    string ProtocolName,
    string? Leader,
    IReadOnlyList<MemberDescription> Members);
