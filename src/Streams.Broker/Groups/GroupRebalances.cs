using Streams.Broker.Groups.Requests;

namespace Streams.Broker.Groups;

/// <summary>The way from one generation to the next: waiting for everybody, the first delay, and those who never sync. Runs in the shard's queue.</summary>
/// <param name="shard">The shard.</param>
internal sealed class GroupRebalances(CoordinatorShard shard)
{
    /// <summary>Starts a rebalance, or ends its join phase where one is under way and nobody is missing.</summary>
    /// <param name="group">The group.</param>
    /// <param name="reason">Why.</param>
    public void PrepareOrComplete(ClassicGroup group, string reason)
    {
        if (ClassicGroup.CanMove(group.State, GroupState.PreparingRebalance))
        {
            Prepare(group, reason);
        }
        else
        {
            CompleteIfEverybodyJoined(group);
        }
    }

    /// <summary>Starts a rebalance: whoever waits for an assignment is told to join again.</summary>
    /// <param name="group">The group.</param>
    /// <param name="reason">Why.</param>
    public void Prepare(ClassicGroup group, string reason)
    {
        if (group.State == GroupState.CompletingRebalance)
        {
            DropAssignments(group, GroupError.RebalanceInProgress);
        }

        group.PendingSync.Clear();
        group.SyncPhase?.Cancel();
        var isInitial = group.State == GroupState.Empty;
        shard.Move(group, GroupState.PreparingRebalance, reason);
        if (isInitial)
        {
            StartInitialDelay(group);
        }
        else if (group.HasEverybodyJoined)
        {
            Complete(group);
        }
        else
        {
            StartJoinPhase(group);
            foreach (var member in group.Members.Where(member => member.Joining is null))
            {
                member.OnRebalance?.Invoke();
            }
        }
    }

    /// <summary>Ends the join phase where everybody is there; the first one of a group ends with its delay.</summary>
    /// <param name="group">The group.</param>
    public void CompleteIfEverybodyJoined(ClassicGroup group)
    {
        if (group.State == GroupState.PreparingRebalance && group.PreviousState != GroupState.Empty && group.HasEverybodyJoined)
        {
            Complete(group);
        }
    }

    /// <summary>Ends the join phase: dynamic members that did not join are out, static ones stay.</summary>
    /// <param name="group">The group.</param>
    public void Complete(ClassicGroup group)
    {
        if (group.State != GroupState.PreparingRebalance)
        {
            return;
        }

        group.JoinPhase?.Cancel();
        group.InitialDelay?.Cancel();
        foreach (var missing in group.Members.Where(member => member.Joining is null && member.InstanceId is null).ToArray())
        {
            group.Remove(missing.MemberId);
            GroupCoordinatorLog.MemberRemoved(shard.Logger, group.GroupId, missing.MemberId, "it did not join the rebalance in time");
        }

        if (group.Members.Count > 0 && !group.ElectJoinedLeader())
        {
            // Only static members are left and none is here: they get the time of their sessions.
            StartJoinPhase(group);
            return;
        }

        group.BeginGeneration();
        if (group.State == GroupState.Empty)
        {
            GroupCoordinatorLog.GroupMoved(
                shard.Logger, group.GroupId, GroupState.PreparingRebalance, GroupState.Empty, group.Generation, "no member is left");
            shard.Write([StoredRecords.OfGroup(group, shard.Now)], static _ => { });
            return;
        }

        GroupCoordinatorLog.GenerationBegan(shard.Logger, group.GroupId, group.Generation, group.Members.Count, group.Protocol ?? "");
        foreach (var member in group.Members)
        {
            member.AnswerJoin(group.CurrentGeneration(member));
            member.IsNew = false;
            shard.Sessions.Touch(group, member);
            group.PendingSync.Add(member.MemberId);
        }

        StartSyncPhase(group);
    }

    /// <summary>Takes all assignments away and answers whoever waits for one.</summary>
    /// <param name="group">The group.</param>
    /// <param name="error">What they are told.</param>
    public void DropAssignments(ClassicGroup group, GroupError error)
    {
        foreach (var member in group.Members)
        {
            member.Assignment = [];
            if (member.AnswerSync(new SyncGroupAnswer { Error = error }))
            {
                shard.Sessions.Touch(group, member);
            }
        }
    }

    private void StartJoinPhase(ClassicGroup group)
    {
        group.JoinPhase ??= shard.NewDeadline(() => Complete(group));
        group.JoinPhase.Set(group.RebalanceTimeout);
    }

    private void StartInitialDelay(ClassicGroup group)
    {
        var delay = shard.Options.InitialRebalanceDelay;
        group.HasNewMember = false;
        group.InitialDelayLeft = group.RebalanceTimeout > delay ? group.RebalanceTimeout - delay : TimeSpan.Zero;
        if (delay == TimeSpan.Zero)
        {
            // Behind what is queued already, so that members that start together may still share the generation.
            shard.Queue.Post(() => Complete(group));
            return;
        }

        group.InitialDelay ??= shard.NewDeadline(() => OnInitialDelayOver(group));
        group.InitialDelay.Set(delay);
    }

    private void OnInitialDelayOver(ClassicGroup group)
    {
        if (!group.HasNewMember || group.InitialDelayLeft == TimeSpan.Zero)
        {
            Complete(group);
            return;
        }

        var delay = shard.Options.InitialRebalanceDelay;
        var more = group.InitialDelayLeft < delay ? group.InitialDelayLeft : delay;
        group.HasNewMember = false;
        group.InitialDelayLeft -= more;
        group.InitialDelay!.Set(more);
    }

    private void StartSyncPhase(ClassicGroup group)
    {
        group.SyncPhase ??= shard.NewDeadline(() => OnSyncPhaseOver(group));
        group.SyncPhase.Set(group.RebalanceTimeout);
    }

    private void OnSyncPhaseOver(ClassicGroup group)
    {
        if (group.State is not (GroupState.CompletingRebalance or GroupState.Stable) || group.PendingSync.Count == 0)
        {
            return;
        }

        foreach (var memberId in group.PendingSync.ToArray())
        {
            group.Remove(memberId);
            GroupCoordinatorLog.MemberRemoved(shard.Logger, group.GroupId, memberId, "it never asked for its assignment");
        }

        Prepare(group, "members that never asked for their assignment were removed");
    }
}
