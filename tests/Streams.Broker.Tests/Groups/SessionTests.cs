using Streams.Broker.Groups.Requests;

namespace Streams.Broker.Tests.Groups;

public sealed class SessionTests : IDisposable
{
    private readonly CoordinatorHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Heartbeat_InEveryState_AnswersWhatTheTableSays()
    {
        Assert.Equal(GroupError.UnknownMemberId, _harness.Heartbeat("nobody", 0));

        var joined = await _harness.Join();
        Assert.Equal(GroupState.CompletingRebalance, _harness.State);
        Assert.Equal(GroupError.None, _harness.Heartbeat(joined.MemberId, 1));
        Assert.Equal(GroupError.IllegalGeneration, _harness.Heartbeat(joined.MemberId, 2));

        await _harness.Sync(joined);
        Assert.Equal(GroupError.None, _harness.Heartbeat(joined.MemberId, 1));
        Assert.Equal(GroupError.IllegalGeneration, _harness.Heartbeat(joined.MemberId, 0));

        _ = _harness.Join();
        Assert.Equal(GroupState.PreparingRebalance, _harness.State);
        Assert.Equal(GroupError.RebalanceInProgress, _harness.Heartbeat(joined.MemberId, 1));

        _harness.Time.Advance(TimeSpan.FromMinutes(10));
        _harness.Leave(_harness.Describe()!.Members[0].MemberId);
        Assert.Equal(GroupState.Empty, _harness.State);
        Assert.Equal(GroupError.UnknownMemberId, _harness.Heartbeat(joined.MemberId, 2));
    }

    [Fact]
    public async Task Session_WhenHeartbeatsStop_RemovesTheMemberAndRebalances()
    {
        var members = await _harness.StableGroup(2);

        _harness.Time.Advance(TimeSpan.FromSeconds(44));
        Assert.Equal(GroupError.None, _harness.Heartbeat(members[0].MemberId, members[0].GenerationId));
        Assert.Equal(GroupState.Stable, _harness.State);
        _harness.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(GroupState.PreparingRebalance, _harness.State);
        var left = await _harness.Join(members[0].MemberId);
        Assert.Single(left.Members);
        Assert.Equal(GroupError.UnknownMemberId, _harness.Heartbeat(members[1].MemberId, members[1].GenerationId));
    }

    [Fact]
    public async Task Session_WhenHeartbeatsAndCommitsGoOn_NeverEnds()
    {
        var members = await _harness.StableGroup(1);
        for (var round = 0; round < 20; round++)
        {
            _harness.Time.Advance(TimeSpan.FromSeconds(40));
            var error = round % 2 == 0
                ? _harness.Heartbeat(members[0].MemberId, members[0].GenerationId)
                : _harness.CommitOne(members[0].MemberId, members[0].GenerationId);
            Assert.Equal(GroupError.None, error);
        }
    }

    [Fact]
    public async Task Session_OfEverybody_LeavesAnEmptyGroupInTheLog()
    {
        await _harness.StableGroup(2);

        _harness.Time.Advance(CoordinatorHarness.Session);

        var group = _harness.Describe()!;
        Assert.Equal((GroupState.Empty, 0, (string?)null), (group.State, group.Members.Count, group.Leader));
        _harness.Restart();
        Assert.Equal((GroupState.Empty, group.GenerationId), (_harness.State, _harness.Describe()!.GenerationId));
    }

    // A new member is parked in its join and sends no heartbeats. If its client has died, it must not hold up rebalances for ever.
    [Fact]
    public async Task Session_OfANewMemberThatWaits_EndsAfterFiveMinutes()
    {
        var members = await _harness.StableGroup(1);
        var newcomer = _harness.Join();
        for (var seconds = 0; seconds < 280; seconds += 40)
        {
            Assert.Equal(GroupError.RebalanceInProgress, _harness.Heartbeat(members[0].MemberId, members[0].GenerationId));
            Assert.Equal(GroupState.PreparingRebalance, _harness.State);
            if (seconds >= 40)
            {
                break;
            }

            _harness.Time.Advance(TimeSpan.FromSeconds(40));
        }

        _harness.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(2, (await newcomer).GenerationId);
    }

    [Fact]
    public async Task Leave_WhenOneGoes_TheOthersRebalance()
    {
        var members = await _harness.StableGroup(2);

        Assert.Equal([GroupError.None], _harness.Leave(members[1].MemberId).Members);

        Assert.Equal(GroupState.PreparingRebalance, _harness.State);
        Assert.Single((await _harness.Join(members[0].MemberId)).Members);
    }

    [Fact]
    public async Task Leave_WhenTheLastOneNeededForTheJoinPhaseGoes_EndsThePhase()
    {
        var members = await _harness.StableGroup(2);
        var leader = _harness.Join(members[0].MemberId);
        Assert.False(leader.IsCompleted);

        _harness.Leave(members[1].MemberId);

        Assert.Single((await leader).Members);
    }

    [Fact]
    public async Task Leave_WhenTheLastMemberGoes_EmptiesTheGroup()
    {
        var members = await _harness.StableGroup(1);

        _harness.Leave(members[0].MemberId);

        Assert.Equal(GroupState.Empty, _harness.State);
        Assert.Equal(2, _harness.Describe()!.GenerationId);
    }

    [Fact]
    public async Task Leave_WhenUnknownOrPending_AnswersEachOne()
    {
        Assert.Equal(GroupError.UnknownMemberId, _harness.Leave("nobody").Error);
        await _harness.StableGroup(1);
        var pending = await _harness.Join(_harness.JoinRequest() with { RequiresKnownMemberId = true });

        Assert.Equal([GroupError.UnknownMemberId], _harness.Leave("nobody").Members);
        Assert.Equal([GroupError.None], _harness.Leave(pending.MemberId).Members);
        Assert.Equal(GroupState.Stable, _harness.State);
    }

    [Fact]
    public async Task Leave_WhileParked_TellsTheParkedJoin()
    {
        await _harness.StableGroup(1);
        var newcomer = _harness.Join();
        var id = _harness.Describe()!.Members[1].MemberId;

        _harness.Leave(id);

        Assert.Equal(GroupError.UnknownMemberId, (await newcomer).Error);
    }

    [Fact]
    public async Task Dispose_WhileMembersWait_AnswersThem()
    {
        await _harness.StableGroup(1);
        var newcomer = _harness.Join();

        _harness.Coordinator.Dispose();

        Assert.Equal(GroupError.CoordinatorNotAvailable, (await newcomer).Error);
        Assert.Equal(GroupError.CoordinatorNotAvailable, _harness.Heartbeat("anybody", 1));
    }
}
