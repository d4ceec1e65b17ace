using Streams.Broker.Groups.Requests;

namespace Streams.Broker.Groups;

/// <summary>
/// A group of the classic protocol as it lives: its members, its state and who waits for what. Belongs to the owner of the shard. What a
/// restart must find again stands in <see cref="GroupRecords"/> and is not changed here.
/// </summary>
/// <param name="groupId">The group.</param>
internal sealed class ClassicGroup(string groupId)
{
    private readonly OrderedDictionary<string, GroupMember> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _staticMembers = new(StringComparer.Ordinal);

    /// <summary>Gets the group id.</summary>
    public string GroupId { get; } = groupId;

    /// <summary>Gets the state.</summary>
    public GroupState State { get; private set; }

    /// <summary>Gets the state before.</summary>
    public GroupState PreviousState { get; private set; }

    /// <summary>Gets the generation.</summary>
    public int Generation { get; private set; }

    /// <summary>Gets the kind of group, or <see langword="null"/> for one that only commits.</summary>
    public string? ProtocolType { get; private set; }

    /// <summary>Gets the selected protocol, or <see langword="null"/> before the first generation.</summary>
    public string? Protocol { get; private set; }

    /// <summary>Gets the member that assigns.</summary>
    public string? Leader { get; private set; }

    /// <summary>Gets the members in the order in which they joined.</summary>
    public IReadOnlyCollection<GroupMember> Members => _members.Values;

    /// <summary>Gets the member ids given out to dynamic members that have not joined with them yet, with their time limits.</summary>
    public Dictionary<string, Deadline> PendingMembers { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the members that know the generation but have not asked for their assignment.</summary>
    public HashSet<string> PendingSync { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets offsets that are written but not durable yet, with how often.</summary>
    public Dictionary<TopicPartition, int> OffsetsInFlight { get; } = [];

    /// <summary>Gets or sets the end of the delay of the first rebalance.</summary>
    public Deadline? InitialDelay { get; set; }

    /// <summary>Gets or sets what may be added to that delay.</summary>
    public TimeSpan InitialDelayLeft { get; set; }

    /// <summary>Gets or sets a value indicating whether somebody joined during that delay.</summary>
    public bool HasNewMember { get; set; }

    /// <summary>Gets or sets the end of the join phase.</summary>
    public Deadline? JoinPhase { get; set; }

    /// <summary>Gets or sets the end of the patience with members that never sync.</summary>
    public Deadline? SyncPhase { get; set; }

    /// <summary>Gets or sets a value indicating whether the leader's assignment is on its way to the disk.</summary>
    public bool IsAssignmentInFlight { get; set; }

    /// <summary>Gets a value indicating whether the members speak the protocol of consumers.</summary>
    public bool IsConsumerGroup => ProtocolType == "consumer";

    /// <summary>Gets the longest rebalance timeout of a member.</summary>
    public TimeSpan RebalanceTimeout => _members.Count == 0 ? TimeSpan.Zero : _members.Values.Max(member => member.RebalanceTimeout);

    /// <summary>Gets a value indicating whether nobody is missing from the join phase.</summary>
    public bool HasEverybodyJoined => PendingMembers.Count == 0 && _members.Values.All(member => member.Joining is not null);

    /// <summary>Returns whether a state may follow another.</summary>
    /// <param name="from">The one before.</param>
    /// <param name="to">The next one.</param>
    public static bool CanMove(GroupState from, GroupState to) => to switch
    {
        GroupState.PreparingRebalance => from is GroupState.Stable or GroupState.CompletingRebalance or GroupState.Empty,
        GroupState.CompletingRebalance or GroupState.Empty => from is GroupState.PreparingRebalance,
        GroupState.Stable => from is GroupState.CompletingRebalance,
        GroupState.Dead => from is not GroupState.Dead,
        _ => false,
    };

    /// <summary>Moves to another state.</summary>
    /// <param name="next">The state.</param>
    public void MoveTo(GroupState next)
    {
        Invariant.Holds(CanMove(State, next), $"Group '{GroupId}' may not move from {State} to {next}.");
        PreviousState = State;
        State = next;
    }

    /// <summary>Takes over what a restart found: with members it is stable, without it is empty.</summary>
    /// <param name="stored">The record.</param>
    public void Restore(StoredGroup stored)
    {
        Invariant.Holds(State == GroupState.Empty && _members.Count == 0, "Only a fresh group is restored.");
        ProtocolType = stored.ProtocolType.Length == 0 ? null : stored.ProtocolType;
        Generation = stored.Generation;
        Protocol = stored.Protocol;
        Leader = stored.Leader;
        foreach (var member in stored.Members)
        {
            _members.Add(member.MemberId, new GroupMember
            {
                MemberId = member.MemberId,
                InstanceId = member.InstanceId,
                ClientId = member.ClientId,
                ClientHost = member.ClientHost,
                RebalanceTimeout = member.RebalanceTimeout,
                SessionTimeout = member.SessionTimeout,
                Protocols = [new GroupProtocol(stored.Protocol ?? "", member.Subscription)],
                Assignment = member.Assignment,
            });
            if (member.InstanceId is not null)
            {
                _staticMembers[member.InstanceId] = member.MemberId;
            }
        }

        State = _members.Count == 0 ? GroupState.Empty : GroupState.Stable;
        PreviousState = State;
    }

    /// <summary>Returns a member, or <see langword="null"/>.</summary>
    /// <param name="memberId">The member id.</param>
    public GroupMember? Find(string memberId) => _members.GetValueOrDefault(memberId);

    /// <summary>Returns the member id that has an instance id, or <see langword="null"/>.</summary>
    /// <param name="instanceId">The instance id.</param>
    public string? FindStatic(string instanceId) => _staticMembers.GetValueOrDefault(instanceId);

    /// <summary>Adds a member; the first one becomes the leader.</summary>
    /// <param name="member">The member.</param>
    /// <param name="protocolType">The kind of group it wants.</param>
    public void Add(GroupMember member, string protocolType)
    {
        if (_members.Count == 0)
        {
            ProtocolType = protocolType;
        }

        Invariant.Holds(ProtocolType == protocolType, "Members of one group are of one kind.");
        _members.Add(member.MemberId, member);
        if (member.InstanceId is not null)
        {
            _staticMembers.Add(member.InstanceId, member.MemberId);
        }

        Leader ??= member.MemberId;
        RemovePending(member.MemberId);
    }

    /// <summary>Removes a member or a pending one, and answers whatever it still waits for: a client that lives on starts over.</summary>
    /// <param name="memberId">The member id.</param>
    public void Remove(string memberId)
    {
        RemovePending(memberId);
        PendingSync.Remove(memberId);
        if (!_members.Remove(memberId, out var member))
        {
            return;
        }

        if (member.InstanceId is not null)
        {
            _staticMembers.Remove(member.InstanceId);
        }

        if (Leader == memberId)
        {
            Leader = _members.Count == 0 ? null : _members.GetAt(0).Key;
        }

        member.Session?.Dispose();
        member.AnswerJoin(new JoinGroupAnswer { Error = GroupError.UnknownMemberId });
        member.AnswerSync(new SyncGroupAnswer { Error = GroupError.UnknownMemberId });
    }

    /// <summary>Gives a static member's place to its new self: assignment, leadership and position stay; the old one is fenced.</summary>
    /// <param name="old">The one before.</param>
    /// <param name="replacement">The one from now on.</param>
    public void Replace(GroupMember old, GroupMember replacement)
    {
        Invariant.Holds(old.InstanceId is not null && old.InstanceId == replacement.InstanceId, "Only a static member is replaced.");
        var index = _members.IndexOf(old.MemberId);
        _members.RemoveAt(index);
        _members.Insert(index, replacement.MemberId, replacement);
        _staticMembers[replacement.InstanceId!] = replacement.MemberId;
        if (Leader == old.MemberId)
        {
            Leader = replacement.MemberId;
        }

        PendingSync.Remove(old.MemberId);
        old.Session?.Dispose();
        old.AnswerJoin(new JoinGroupAnswer { Error = GroupError.FencedInstanceId, MemberId = old.MemberId });
        old.AnswerSync(new SyncGroupAnswer { Error = GroupError.FencedInstanceId });
    }

    /// <summary>Checks that a request comes from a member and from its newest self.</summary>
    /// <param name="memberId">The member id.</param>
    /// <param name="instanceId">The instance id, or <see langword="null"/>.</param>
    public GroupError Check(string memberId, string? instanceId)
    {
        if (instanceId is not null)
        {
            var known = FindStatic(instanceId);
            if (known is null)
            {
                return GroupError.UnknownMemberId;
            }

            if (known != memberId)
            {
                return GroupError.FencedInstanceId;
            }
        }

        return _members.ContainsKey(memberId) ? GroupError.None : GroupError.UnknownMemberId;
    }

    /// <summary>Returns whether a member that offers these protocols could be in the group.</summary>
    /// <param name="protocolType">The kind of group.</param>
    /// <param name="protocols">The protocols.</param>
    public bool Supports(string protocolType, IReadOnlyList<GroupProtocol> protocols)
        => State == GroupState.Empty
            ? protocolType.Length > 0 && protocols.Count > 0
            : ProtocolType == protocolType && protocols.Any(protocol => IsOfferedByAll(protocol.Name));

    /// <summary>Selects the protocol that all members offer and most of them prefer; of equals the one whose first vote came first.</summary>
    public string SelectProtocol()
    {
        var votes = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var member in _members.Values)
        {
            var vote = member.Protocols.First(protocol => IsOfferedByAll(protocol.Name)).Name;
            votes[vote] = votes.GetValueOrDefault(vote) + 1;
        }

        return votes.MaxBy(vote => vote.Value).Key;
    }

    /// <summary>Makes sure that the leader is one that joined.</summary>
    /// <returns><see langword="false"/> where nobody joined.</returns>
    public bool ElectJoinedLeader()
    {
        if (Leader is null)
        {
            return false;
        }

        if (_members[Leader].Joining is null)
        {
            var joined = _members.Values.FirstOrDefault(member => member.Joining is not null);
            if (joined is null)
            {
                return false;
            }

            Leader = joined.MemberId;
        }

        return true;
    }

    /// <summary>Ends the join phase.</summary>
    public void BeginGeneration()
    {
        Generation++;
        PendingSync.Clear();
        IsAssignmentInFlight = false;
        Protocol = _members.Count == 0 ? null : SelectProtocol();
        MoveTo(_members.Count == 0 ? GroupState.Empty : GroupState.CompletingRebalance);
    }

    /// <summary>Returns all members as the leader sees them.</summary>
    public IReadOnlyList<JoinGroupMember> ForLeader()
        => [.. _members.Values.Select(member => new JoinGroupMember(member.MemberId, member.InstanceId, member.MetadataFor(Protocol)))];

    /// <summary>Answers a member that joins with the current generation.</summary>
    /// <param name="member">The member.</param>
    /// <param name="skipAssignment">Whether a leader must not assign.</param>
    public JoinGroupAnswer CurrentGeneration(GroupMember member, bool skipAssignment = false) => new()
    {
        GenerationId = Generation,
        ProtocolType = ProtocolType,
        ProtocolName = Protocol,
        Leader = Leader ?? "",
        MemberId = member.MemberId,
        SkipAssignment = skipAssignment && Leader == member.MemberId,
        Members = Leader == member.MemberId ? ForLeader() : [],
    };

    /// <summary>Stops all timers.</summary>
    public void StopTimers()
    {
        InitialDelay?.Dispose();
        JoinPhase?.Dispose();
        SyncPhase?.Dispose();
        foreach (var pending in PendingMembers.Values)
        {
            pending.Dispose();
        }

        foreach (var member in _members.Values)
        {
            member.Session?.Dispose();
        }
    }

    private void RemovePending(string memberId)
    {
        if (PendingMembers.Remove(memberId, out var deadline))
        {
            deadline.Dispose();
        }
    }

    private bool IsOfferedByAll(string protocol)
        => _members.Values.All(member => member.Protocols.Any(offered => offered.Name == protocol));
}
