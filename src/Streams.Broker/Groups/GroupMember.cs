using Streams.Broker.Groups.Requests;

namespace Streams.Broker.Groups;

/// <summary>A member of a group, as its coordinator knows it. Belongs to the owner of the shard.</summary>
internal sealed class GroupMember
{
    /// <summary>Gets the member id.</summary>
    public required string MemberId { get; init; }

    /// <summary>Gets the name of a static member, or <see langword="null"/>.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Gets the client id.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>Gets where the client is.</summary>
    public string ClientHost { get; init; } = "";

    /// <summary>Gets or sets how long a rebalance waits for the member.</summary>
    public TimeSpan RebalanceTimeout { get; set; }

    /// <summary>Gets or sets after how long without a sign of life it is removed.</summary>
    public TimeSpan SessionTimeout { get; set; }

    /// <summary>Gets or sets the protocols it offers, the preferred one first.</summary>
    public required IReadOnlyList<GroupProtocol> Protocols { get; set; }

    /// <summary>Gets or sets its assignment of the current generation.</summary>
    public byte[] Assignment { get; set; } = [];

    /// <summary>Gets or sets a value indicating whether it waits for its first generation.</summary>
    public bool IsNew { get; set; }

    /// <summary>Gets or sets whom to answer when the join phase ends.</summary>
    public TaskCompletionSource<JoinGroupAnswer>? Joining { get; set; }

    /// <summary>Gets or sets whom to answer when the assignment is there.</summary>
    public TaskCompletionSource<SyncGroupAnswer>? Syncing { get; set; }

    /// <summary>Gets or sets what tells it of a rebalance, where it is in this process.</summary>
    public Action? OnRebalance { get; set; }

    /// <summary>Gets or sets its session.</summary>
    public Deadline? Session { get; set; }

    /// <summary>Gets a value indicating whether its silence is no fault: it waits for the coordinator. A new one may still give up.</summary>
    public bool IsWaiting => !IsNew && (Joining is not null || Syncing is not null);

    /// <summary>Returns what it told the protocol, empty where it does not offer it.</summary>
    /// <param name="protocol">The protocol.</param>
    public byte[] MetadataFor(string? protocol)
    {
        foreach (var offered in Protocols)
        {
            if (offered.Name == protocol)
            {
                return offered.Metadata;
            }
        }

        return [];
    }

    /// <summary>Returns whether it offers the same as before.</summary>
    /// <param name="protocols">What it offers now.</param>
    public bool Offers(IReadOnlyList<GroupProtocol> protocols)
    {
        if (protocols.Count != Protocols.Count)
        {
            return false;
        }

        for (var index = 0; index < protocols.Count; index++)
        {
            if (protocols[index].Name != Protocols[index].Name
                || !protocols[index].Metadata.AsSpan().SequenceEqual(Protocols[index].Metadata))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Answers its waiting join, where there is one.</summary>
    /// <param name="answer">The answer.</param>
    public void AnswerJoin(JoinGroupAnswer answer)
    {
        Joining?.TrySetResult(answer);
        Joining = null;
    }

    /// <summary>Answers its waiting sync, where there is one.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>Whether there was one.</returns>
    public bool AnswerSync(SyncGroupAnswer answer)
    {
        var syncing = Syncing;
        Syncing = null;
        return syncing is not null && syncing.TrySetResult(answer);
    }
}
