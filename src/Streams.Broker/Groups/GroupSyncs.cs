using Streams.Broker.Groups.Requests;

namespace Streams.Broker.Groups;

/// <summary>Assignments: the leader's is written first, then everybody gets theirs. Runs in the shard's queue.</summary>
/// <param name="shard">The shard.</param>
internal sealed class GroupSyncs(CoordinatorShard shard)
{
    /// <summary>Takes a sync request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="answer">Whom to answer.</param>
    public void Sync(SyncGroupRequest request, TaskCompletionSource<SyncGroupAnswer> answer)
    {
        var group = shard.Find(request.GroupId);
        var error = group is null ? GroupError.UnknownMemberId : Check(group, request);
        if (group is null || error != GroupError.None)
        {
            answer.TrySetResult(new SyncGroupAnswer { Error = error });
            return;
        }

        var member = group.Find(request.MemberId)!;
        group.PendingSync.Remove(member.MemberId);
        if (group.State == GroupState.Stable)
        {
            answer.TrySetResult(Assignment(group, member));
            return;
        }

        Invariant.Holds(group.State == GroupState.CompletingRebalance, "Every other state has answered already.");

        // A request sent again takes the place of the one before, whose answer nobody waits for any more.
        member.AnswerSync(new SyncGroupAnswer { Error = GroupError.RebalanceInProgress });
        member.Syncing = answer;
        if (group.Leader == member.MemberId && !group.IsAssignmentInFlight)
        {
            Store(group, request.Assignments);
        }
    }

    private static GroupError Check(ClassicGroup group, SyncGroupRequest request)
    {
        var error = group.Check(request.MemberId, request.GroupInstanceId);
        if (error != GroupError.None)
        {
            return error;
        }

        if (request.GenerationId != group.Generation)
        {
            return GroupError.IllegalGeneration;
        }

        if ((request.ProtocolType is not null && request.ProtocolType != group.ProtocolType)
            || (request.ProtocolName is not null && request.ProtocolName != group.Protocol))
        {
            return GroupError.InconsistentGroupProtocol;
        }

        return group.State == GroupState.PreparingRebalance ? GroupError.RebalanceInProgress : GroupError.None;
    }

    private static SyncGroupAnswer Assignment(ClassicGroup group, GroupMember member)
        => new() { ProtocolType = group.ProtocolType, ProtocolName = group.Protocol, Assignment = member.Assignment };

    private void Store(ClassicGroup group, IReadOnlyDictionary<string, byte[]> assignments)
    {
        foreach (var member in group.Members.Where(member => !assignments.ContainsKey(member.MemberId)))
        {
            GroupCoordinatorLog.AssignmentMissing(shard.Logger, group.GroupId, group.Generation, member.MemberId);
        }

        group.IsAssignmentInFlight = true;
        var generation = group.Generation;
        var record = StoredRecords.OfGroup(group, shard.Now, member => assignments.GetValueOrDefault(member.MemberId) ?? []);
        shard.Write([record], error => OnStored(group, generation, error));
    }

    private void OnStored(ClassicGroup group, int generation, GroupError error)
    {
        // Somebody may have joined or left meanwhile: then this generation is over before it began.
        if (group.State != GroupState.CompletingRebalance || group.Generation != generation)
        {
            return;
        }

        group.IsAssignmentInFlight = false;
        if (error != GroupError.None)
        {
            shard.Rebalances.DropAssignments(group, error);
            shard.Rebalances.Prepare(group, "the assignment could not be stored");
            return;
        }

        foreach (var stored in shard.Records.Find(group.GroupId)!.Group!.Members)
        {
            if (group.Find(stored.MemberId) is { } member)
            {
                member.Assignment = stored.Assignment;
            }
        }

        shard.Move(group, GroupState.Stable, "the assignment is stored");
        foreach (var member in group.Members)
        {
            if (member.AnswerSync(Assignment(group, member)))
            {
                shard.Sessions.Touch(group, member);
            }
        }
    }
}
