using Streams.Broker.Groups.Requests;

namespace Streams.Broker.Groups;

/// <summary>Signs of life, leaving, and the end of those who are silent. Runs in the shard's queue.</summary>
/// <param name="shard">The shard.</param>
internal sealed class GroupSessions(CoordinatorShard shard)
{
    /// <summary>Answers a heartbeat.</summary>
    /// <param name="request">The request.</param>
    public GroupError Heartbeat(HeartbeatRequest request)
    {
        var group = shard.Find(request.GroupId);
        if (group is null)
        {
            return GroupError.UnknownMemberId;
        }

        var error = group.Check(request.MemberId, request.GroupInstanceId);
        if (error != GroupError.None)
        {
            return error;
        }

        if (request.GenerationId != group.Generation)
        {
            return GroupError.IllegalGeneration;
        }

        Touch(group, group.Find(request.MemberId)!);
        return group.State == GroupState.PreparingRebalance ? GroupError.RebalanceInProgress : GroupError.None;
    }

    /// <summary>Takes members out.</summary>
    /// <param name="request">The request.</param>
    public LeaveGroupAnswer Leave(LeaveGroupRequest request)
    {
        var group = shard.Find(request.GroupId);
        if (group is null)
        {
            return new LeaveGroupAnswer(GroupError.UnknownMemberId, []);
        }

        var before = group.Members.Count;
        var errors = request.Members.Select(member => Leave(group, member)).ToArray();
        if (group.Members.Count < before)
        {
            OnMembersGone(group, "a member left");
        }
        else
        {
            // A pending one is no member yet: nothing was assigned to it, it can only have been waited for.
            shard.Rebalances.CompleteIfEverybodyJoined(group);
        }

        return new LeaveGroupAnswer(GroupError.None, errors);
    }

    /// <summary>Gives a member its whole session again.</summary>
    /// <param name="group">The group.</param>
    /// <param name="member">The member.</param>
    public void Touch(ClassicGroup group, GroupMember member) => Touch(group, member, member.SessionTimeout);

    /// <summary>Gives a member some time to live.</summary>
    /// <param name="group">The group.</param>
    /// <param name="member">The member.</param>
    /// <param name="timeout">How long.</param>
    public void Touch(ClassicGroup group, GroupMember member, TimeSpan timeout)
    {
        member.Session ??= shard.NewDeadline(() => OnSessionOver(group, member));
        member.Session.Set(timeout);
    }

    /// <summary>Gives out a member id: whoever got it joins with it within its session timeout.</summary>
    /// <param name="group">The group.</param>
    /// <param name="memberId">The member id.</param>
    /// <param name="timeout">The session timeout it asked for.</param>
    public void AddPending(ClassicGroup group, string memberId, TimeSpan timeout)
    {
        var deadline = shard.NewDeadline(() =>
        {
            group.Remove(memberId);
            GroupCoordinatorLog.MemberRemoved(shard.Logger, group.GroupId, memberId, "it never joined with the id it was given");
            shard.Rebalances.CompleteIfEverybodyJoined(group);
        });
        group.PendingMembers.Add(memberId, deadline);
        deadline.Set(timeout);
    }

    /// <summary>
    /// Lets the members of a group that was read from the log go on with their heartbeats. Those that lived in the broker's own process
    /// ended with it: waiting for them would only delay the first rebalance. Static ones may come back, their sessions decide.
    /// </summary>
    /// <param name="group">The group.</param>
    public void Restore(ClassicGroup group)
    {
        var gone = group.Members
            .Where(member => member.ClientHost == JoinGroupRequest.InProcessHost && member.InstanceId is null)
            .ToArray();
        foreach (var member in gone)
        {
            group.Remove(member.MemberId);
            GroupCoordinatorLog.MemberRemoved(shard.Logger, group.GroupId, member.MemberId, "it lived in the process before");
        }

        foreach (var member in group.Members)
        {
            Touch(group, member);
        }

        if (gone.Length > 0)
        {
            OnMembersGone(group, "members of the process before are gone");
        }
    }

    private GroupError Leave(ClassicGroup group, LeavingMember leaving)
    {
        var memberId = leaving.MemberId;
        if (memberId.Length == 0)
        {
            // An administrator names a static member by its instance id alone.
            memberId = leaving.GroupInstanceId is null ? null : group.FindStatic(leaving.GroupInstanceId);
            if (memberId is null)
            {
                return GroupError.UnknownMemberId;
            }
        }
        else if (!group.PendingMembers.ContainsKey(memberId))
        {
            var error = group.Check(memberId, leaving.GroupInstanceId);
            if (error != GroupError.None)
            {
                return error;
            }
        }

        group.Remove(memberId);
        var reason = leaving.Reason.Length == 0 ? "it left" : leaving.Reason;
        GroupCoordinatorLog.MemberRemoved(shard.Logger, group.GroupId, memberId, reason);
        return GroupError.None;
    }

    private void OnSessionOver(ClassicGroup group, GroupMember member)
    {
        if (member.IsWaiting || group.Find(member.MemberId) != member)
        {
            return;
        }

        group.Remove(member.MemberId);
        GroupCoordinatorLog.MemberRemoved(shard.Logger, group.GroupId, member.MemberId, "its heartbeats stopped");
        OnMembersGone(group, "a member's heartbeats stopped");
    }

    private void OnMembersGone(ClassicGroup group, string reason)
    {
        if (group.State is GroupState.Stable or GroupState.CompletingRebalance)
        {
            shard.Rebalances.Prepare(group, reason);
        }
        else
        {
            shard.Rebalances.CompleteIfEverybodyJoined(group);
        }
    }
}
