namespace Streams.Broker.Groups.Requests;

/// <summary>Answers a <see cref="SyncGroupRequest"/>.</summary>
internal sealed record SyncGroupAnswer
{
    /// <summary>Gets the error.</summary>
    public GroupError Error { get; init; }

    /// <summary>Gets the kind of group.</summary>
    public string? ProtocolType { get; init; }

    /// <summary>Gets the selected protocol.</summary>
    public string? ProtocolName { get; init; }

    /// <summary>Gets the member's assignment, empty where the leader gave it none.</summary>
    public byte[] Assignment { get; init; } = [];
}
