using Streams.Broker.Groups.Requests;

namespace Streams.Broker.Groups;

/// <summary>Join requests: who gets in, who waits, and who starts a rebalance. Runs in the shard's queue.</summary>
/// <param name="shard">The shard.</param>
internal sealed class GroupJoins(CoordinatorShard shard)
{
    /// <summary>Takes a join request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="answer">Whom to answer.</param>
    public void Join(JoinGroupRequest request, TaskCompletionSource<JoinGroupAnswer> answer)
    {
        var group = shard.Find(request.GroupId);
        var error = Check(request, group);
        if (error != GroupError.None)
        {
            if (error == GroupError.GroupMaxSizeReached)
            {
                group?.Remove(request.MemberId);
            }

            answer.TrySetResult(new JoinGroupAnswer { Error = error, MemberId = request.MemberId });
            return;
        }

        group ??= shard.GetOrAdd(request.GroupId);
        if (request.MemberId.Length == 0)
        {
            JoinNew(group, request, answer);
        }
        else if (group.PendingMembers.ContainsKey(request.MemberId))
        {
            Add(group, request, request.MemberId, answer);
        }
        else
        {
            JoinAgain(group, group.Find(request.MemberId)!, request, answer);
        }
    }

    private GroupError Check(JoinGroupRequest request, ClassicGroup? group)
    {
        if (request.SessionTimeout < shard.Options.SessionTimeoutMin || request.SessionTimeout > shard.Options.SessionTimeoutMax)
        {
            return GroupError.InvalidSessionTimeout;
        }

        if (group is null)
        {
            return request.MemberId.Length > 0 ? GroupError.UnknownMemberId
                : request.ProtocolType.Length == 0 || request.Protocols.Count == 0 ? GroupError.InconsistentGroupProtocol
                : GroupError.None;
        }

        if (!HasRoom(group, request.MemberId))
        {
            return GroupError.GroupMaxSizeReached;
        }

        if (!group.Supports(request.ProtocolType, request.Protocols))
        {
            return GroupError.InconsistentGroupProtocol;
        }

        return request.MemberId.Length == 0 || (request.GroupInstanceId is null && group.PendingMembers.ContainsKey(request.MemberId))
            ? GroupError.None
            : group.Check(request.MemberId, request.GroupInstanceId);
    }

    // While members join (again), those who are here already count: so the last ones to come are turned away, not the first.
    private bool HasRoom(ClassicGroup group, string memberId) => group.State switch
    {
        GroupState.Empty => true,
        GroupState.PreparingRebalance => group.Find(memberId)?.Joining is not null
            || group.Members.Count(member => member.Joining is not null) < shard.Options.GroupMembersMax,
        _ => group.Find(memberId) is not null || group.Members.Count < shard.Options.GroupMembersMax,
    };

    private void JoinNew(ClassicGroup group, JoinGroupRequest request, TaskCompletionSource<JoinGroupAnswer> answer)
    {
        var memberId = shard.NewMemberId(request);
        if (request.GroupInstanceId is not null)
        {
            var oldId = group.FindStatic(request.GroupInstanceId);
            if (oldId is null)
            {
                Add(group, request, memberId, answer);
            }
            else
            {
                Replace(group, group.Find(oldId)!, request, memberId, answer);
            }
        }
        else if (request.RequiresKnownMemberId)
        {
            shard.Sessions.AddPending(group, memberId, request.SessionTimeout);
            answer.TrySetResult(new JoinGroupAnswer { Error = GroupError.MemberIdRequired, MemberId = memberId });
        }
        else
        {
            Add(group, request, memberId, answer);
        }
    }

    private void JoinAgain(ClassicGroup group, GroupMember member, JoinGroupRequest request, TaskCompletionSource<JoinGroupAnswer> answer)
    {
        var isChanged = !member.Offers(request.Protocols);
        switch (group.State)
        {
            case GroupState.CompletingRebalance when !isChanged:
            case GroupState.Stable when !isChanged && group.Leader != member.MemberId:
                // It did not hear the answer before, or it only wants to know: nothing changes for anybody.
                shard.Sessions.Touch(group, member);
                answer.TrySetResult(group.CurrentGeneration(member));
                return;

            case GroupState.Empty:
                answer.TrySetResult(new JoinGroupAnswer { Error = GroupError.UnknownMemberId, MemberId = request.MemberId });
                return;

            default:
                Update(member, request, answer);
                shard.Rebalances.PrepareOrComplete(group, $"member {member.MemberId} joined again ({Why(request, isChanged)})");
                return;
        }
    }

    private void Add(ClassicGroup group, JoinGroupRequest request, string memberId, TaskCompletionSource<JoinGroupAnswer> answer)
    {
        var member = NewMember(request, memberId);
        member.IsNew = true;
        member.Joining = answer;
        if (group.State == GroupState.PreparingRebalance && group.PreviousState == GroupState.Empty)
        {
            group.HasNewMember = true;
        }

        group.Add(member, request.ProtocolType);

        // It sends no heartbeats before it has its answer; if it has died, it must still not be waited for in every rebalance to come.
        shard.Sessions.Touch(group, member, shard.Options.NewMemberJoinTimeout);
        shard.Rebalances.PrepareOrComplete(group, $"member {memberId} joined");
    }

    private void Replace(
        ClassicGroup group,
        GroupMember old,
        JoinGroupRequest request,
        string memberId,
        TaskCompletionSource<JoinGroupAnswer> answer)
    {
        var replacement = NewMember(request, memberId);
        replacement.Assignment = old.Assignment;
        if (group.State == GroupState.Stable && KeepsGeneration(group, old, request))
        {
            // Its new id must survive a restart before anybody acts on it: the old one is fenced only then.
            var record = StoredRecords.OfGroup(group, shard.Now, static member => member.Assignment, (old, replacement));
            shard.Write([record], error => OnReplacementStored(group, old, replacement, request, (answer, error)));
            return;
        }

        replacement.Joining = answer;
        Take(group, old, replacement);
        if (group.State == GroupState.PreparingRebalance)
        {
            shard.Rebalances.CompleteIfEverybodyJoined(group);
        }
        else
        {
            shard.Rebalances.Prepare(group, $"static member {request.GroupInstanceId} joined with other topics or during a rebalance");
        }
    }

    private void OnReplacementStored(
        ClassicGroup group,
        GroupMember old,
        GroupMember replacement,
        JoinGroupRequest request,
        (TaskCompletionSource<JoinGroupAnswer> To, GroupError Error) answer)
    {
        if (answer.Error != GroupError.None)
        {
            answer.To.TrySetResult(new JoinGroupAnswer { Error = answer.Error });
            return;
        }

        if (group.State != GroupState.Stable || group.Find(old.MemberId) != old)
        {
            // The group moved on while the record was written: it joins what there is now.
            Join(request, answer.To);
            return;
        }

        var leaderBefore = group.Leader;
        Take(group, old, replacement);
        var generation = group.CurrentGeneration(replacement, skipAssignment: true);

        // An older client that finds itself the leader would assign: told the old leader's name, it takes itself for a follower.
        answer.To.TrySetResult(request.SupportsSkippingAssignment
            ? generation
            : generation with { Leader = leaderBefore ?? "", SkipAssignment = false, Members = [] });
    }

    private void Take(ClassicGroup group, GroupMember old, GroupMember replacement)
    {
        group.Replace(old, replacement);
        shard.Sessions.Touch(group, replacement);
        GroupCoordinatorLog.StaticMemberReplaced(
            shard.Logger, group.GroupId, replacement.InstanceId!, replacement.MemberId, old.MemberId);
    }

    // What it owns and the generation it knew are part of the metadata of consumers and always differ after a restart; the topics matter.
    private bool KeepsGeneration(ClassicGroup group, GroupMember old, JoinGroupRequest request)
    {
        var offered = request.Protocols.FirstOrDefault(protocol => protocol.Name == group.Protocol).Metadata;
        if (offered is null)
        {
            return false;
        }

        var before = old.MetadataFor(group.Protocol);
        return offered.AsSpan().SequenceEqual(before)
            || (group.IsConsumerGroup
                && ConsumerBlobs.Topics(before, group.GroupId, shard.Logger)
                    .SetEquals(ConsumerBlobs.Topics(offered, group.GroupId, shard.Logger)));
    }

    private static GroupMember NewMember(JoinGroupRequest request, string memberId) => new()
    {
        MemberId = memberId,
        InstanceId = request.GroupInstanceId,
        ClientId = request.ClientId,
        ClientHost = request.ClientHost,
        RebalanceTimeout = request.RebalanceTimeout,
        SessionTimeout = request.SessionTimeout,
        Protocols = request.Protocols,
        OnRebalance = request.OnRebalance,
    };

    private static void Update(GroupMember member, JoinGroupRequest request, TaskCompletionSource<JoinGroupAnswer> answer)
    {
        member.AnswerJoin(new JoinGroupAnswer { Error = GroupError.RebalanceInProgress, MemberId = member.MemberId });
        member.Protocols = request.Protocols;
        member.OnRebalance = request.OnRebalance;
        member.RebalanceTimeout = request.RebalanceTimeout;
        member.SessionTimeout = request.SessionTimeout;
        member.Joining = answer;
    }

    private static string Why(JoinGroupRequest request, bool isChanged)
        => request.Reason.Length > 0 ? request.Reason : isChanged ? "its subscription changed" : "it is the leader";
}
