using Streams.Broker.Groups;
using Streams.Broker.Groups.Requests;

namespace Streams.Broker.Tests.Groups;

public sealed class JoinTests : IDisposable
{
    private readonly CoordinatorHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Join_WhenFirst_LeadsGenerationOne()
    {
        var joined = await _harness.Join();

        Assert.Equal((GroupError.None, 1, joined.MemberId), (joined.Error, joined.GenerationId, joined.Leader));
        Assert.Equal("range", joined.ProtocolName);
        Assert.Equal(joined.MemberId, Assert.Single(joined.Members).MemberId);
        Assert.Equal(GroupState.CompletingRebalance, _harness.State);
    }

    [Fact]
    public async Task Join_WhenMemberIdIsRequired_GivesOneAndWaitsForIt()
    {
        var request = _harness.JoinRequest() with { RequiresKnownMemberId = true };

        var refused = await _harness.Join(request);
        Assert.Equal(GroupError.MemberIdRequired, refused.Error);
        Assert.StartsWith("client-", refused.MemberId, StringComparison.Ordinal);
        Assert.Equal(GroupState.Empty, _harness.State);

        var joined = await _harness.Join(request with { MemberId = refused.MemberId });
        Assert.Equal((GroupError.None, refused.MemberId), (joined.Error, joined.MemberId));
    }

    [Fact]
    public async Task Join_WhenPendingIdIsNeverUsed_ForgetsItAfterTheSession()
    {
        var request = _harness.JoinRequest() with { RequiresKnownMemberId = true };
        var refused = await _harness.Join(request);

        _harness.Time.Advance(CoordinatorHarness.Session);

        Assert.Equal(GroupError.UnknownMemberId, (await _harness.Join(request with { MemberId = refused.MemberId })).Error);
    }

    // A rebalance must not end while somebody who was just told its id is on the way: it would start another one at once.
    [Fact]
    public async Task Join_WhenAnIdIsPending_HoldsTheJoinPhaseOpen()
    {
        var members = await _harness.StableGroup(1);
        var pending = await _harness.Join(_harness.JoinRequest() with { RequiresKnownMemberId = true });

        var leader = _harness.Join(members[0].MemberId);
        Assert.False(leader.IsCompleted);

        var newcomer = _harness.Join(pending.MemberId);
        Assert.Equal(2, (await newcomer).GenerationId);
        Assert.Equal(2, (await leader).Members.Count);
    }

    [Theory]
    [InlineData("", 45, GroupError.InvalidGroupId)]
    [InlineData("billing", 5, GroupError.InvalidSessionTimeout)]
    [InlineData("billing", 1801, GroupError.InvalidSessionTimeout)]
    internal async Task Join_WhenTheRequestIsInvalid_SaysWhy(string group, int session, GroupError expected)
    {
        var joined = await _harness.Join(_harness.JoinRequest() with { GroupId = group, SessionTimeout = TimeSpan.FromSeconds(session) });

        Assert.Equal(expected, joined.Error);
        Assert.Null(_harness.Describe());
    }

    [Fact]
    public async Task Join_WhenTheGroupIsUnknownButAMemberIdIsGiven_IsUnknownMember()
        => Assert.Equal(GroupError.UnknownMemberId, (await _harness.Join("somebody")).Error);

    [Fact]
    public async Task Join_WhenNothingIsInCommon_IsInconsistent()
    {
        await _harness.StableGroup(1);

        var byName = await _harness.Join(_harness.JoinRequest() with { Protocols = [new GroupProtocol("sticky", [])] });
        var byType = await _harness.Join(_harness.JoinRequest() with { ProtocolType = "connect" });

        Assert.Equal(GroupError.InconsistentGroupProtocol, byName.Error);
        Assert.Equal(GroupError.InconsistentGroupProtocol, byType.Error);
        Assert.Equal(GroupState.Stable, _harness.State);
    }

    [Fact]
    public async Task Join_WhenTheGroupIsFull_IsRefused()
    {
        var options = new GroupCoordinatorOptions { InitialRebalanceDelay = TimeSpan.Zero, GroupMembersMax = 1 };
        using var harness = new CoordinatorHarness(options);
        await harness.StableGroup(1);

        Assert.Equal(GroupError.GroupMaxSizeReached, (await harness.Join()).Error);
        Assert.Equal(GroupState.Stable, harness.State);
    }

    // Both offer two protocols. Only one is offered by both, so it is selected though neither prefers it.
    [Fact]
    public async Task Join_WhenMembersPreferDifferentProtocols_SelectsWhatAllOffer()
    {
        var first = await _harness.Join(_harness.JoinRequest() with { Protocols = [new("a", [1]), new("common", [2])] });
        var second = _harness.Join(_harness.JoinRequest() with { Protocols = [new("b", [3]), new("common", [4])] });
        var again = await _harness.Join(
            _harness.JoinRequest(first.MemberId) with { Protocols = [new("a", [1]), new("common", [2])] });

        Assert.Equal("common", again.ProtocolName);
        Assert.Equal(["2", "4"], again.Members.Select(member => member.Metadata[0].ToString()));
        Assert.Equal("common", (await second).ProtocolName);
    }

    [Fact]
    public async Task Join_WhenAFollowerRepeatsItselfInAStableGroup_ChangesNothing()
    {
        var members = await _harness.StableGroup(2);

        var again = await _harness.Join(members[1].MemberId);

        Assert.Equal((GroupError.None, members[1].GenerationId), (again.Error, again.GenerationId));
        Assert.Empty(again.Members);
        Assert.Equal(GroupState.Stable, _harness.State);
    }

    [Fact]
    public async Task Join_WhenTheLeaderRepeatsItselfInAStableGroup_StartsARebalance()
    {
        var members = await _harness.StableGroup(2);

        var again = _harness.Join(members[0].MemberId);

        Assert.False(again.IsCompleted);
        Assert.Equal(GroupState.PreparingRebalance, _harness.State);
        Assert.Equal(GroupError.RebalanceInProgress, _harness.Heartbeat(members[1].MemberId, members[1].GenerationId));
    }

    [Fact]
    public async Task Join_WhenASubscriptionChanges_StartsARebalance()
    {
        var members = await _harness.StableGroup(2);

        var changed = _harness.Join(members[1].MemberId, subscription: "invoices");

        Assert.Equal(GroupState.PreparingRebalance, _harness.State);
        var leader = await _harness.Join(members[0].MemberId);
        Assert.Equal(CoordinatorHarness.Subscription("invoices"), leader.Members[1].Metadata);
        Assert.Equal(leader.GenerationId, (await changed).GenerationId);
    }

    [Fact]
    public async Task Join_WhenRepeatedWhileCompleting_AnswersTheSameGeneration()
    {
        var joined = await _harness.Join();

        var again = await _harness.Join(joined.MemberId);

        Assert.Equal(joined.GenerationId, again.GenerationId);
        Assert.Single(again.Members);
        Assert.Equal(GroupState.CompletingRebalance, _harness.State);
    }

    [Fact]
    public async Task Join_WhenAMemberComesWhileCompleting_SendsWhoeverSyncsBackToJoin()
    {
        var first = await _harness.Join();
        var second = _harness.Join();
        first = await _harness.Join(first.MemberId);
        var follower = _harness.Sync(await second);

        var third = _harness.Join();

        Assert.Equal(GroupError.RebalanceInProgress, (await follower).Error);
        Assert.Equal(GroupState.PreparingRebalance, _harness.State);
        Assert.False(third.IsCompleted);
    }

    // Members that start within the delay share the first generation; each newcomer extends it, up to the rebalance timeout.
    [Fact]
    public async Task Join_WithAnInitialDelay_CollectsMembersAndIsExtendedByNewcomers()
    {
        using var harness = new CoordinatorHarness(new GroupCoordinatorOptions());
        var first = harness.Join();
        harness.Time.Advance(TimeSpan.FromSeconds(2));
        var second = harness.Join();

        harness.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(first.IsCompleted);

        harness.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(1, (await first).GenerationId);
        Assert.Equal(1, (await second).GenerationId);
        Assert.Equal(2, (await first).Members.Count);
    }

    [Fact]
    public async Task Join_WithAnInitialDelayAndEndlessNewcomers_EndsAtTheRebalanceTimeout()
    {
        using var harness = new CoordinatorHarness(new GroupCoordinatorOptions());
        var first = harness.Join();
        for (var second = 3; second < 60; second += 3)
        {
            _ = harness.Join();
            harness.Time.Advance(TimeSpan.FromSeconds(3));
            Assert.False(first.IsCompleted);
        }

        _ = harness.Join();
        harness.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.True(first.IsCompleted);
        Assert.Equal(21, (await first).Members.Count);
    }

    [Fact]
    public async Task Join_WhenSomebodyNeverRejoins_GoesOnWithoutItAfterTheRebalanceTimeout()
    {
        var members = await _harness.StableGroup(2);
        var leader = _harness.Join(members[0].MemberId);

        // The heartbeats of the one that does not join go on, so only the rebalance timeout ends the waiting.
        for (var seconds = 0; seconds < 60; seconds += 20)
        {
            Assert.Equal(GroupError.RebalanceInProgress, _harness.Heartbeat(members[1].MemberId, members[1].GenerationId));
            Assert.False(leader.IsCompleted);
            _harness.Time.Advance(TimeSpan.FromSeconds(20));
        }

        Assert.Single((await leader).Members);
        Assert.Equal(GroupError.UnknownMemberId, _harness.Heartbeat(members[1].MemberId, members[1].GenerationId));
    }

    [Fact]
    public async Task Join_WhenTheLeaderNeverRejoins_MakesAnotherOneTheLeader()
    {
        var members = await _harness.StableGroup(2);
        var follower = _harness.Join(members[1].MemberId, subscription: "invoices");

        _harness.Time.Advance(CoordinatorHarness.Session);

        Assert.Equal(members[1].MemberId, (await follower).Leader);
        Assert.Single((await follower).Members);
    }

    [Fact]
    public async Task Join_WhenTheWaitIsCancelled_LeavesTheMemberParked()
    {
        var members = await _harness.StableGroup(2);
        using var cancel = new CancellationTokenSource();
        var newcomer = _harness.Coordinator.JoinAsync(_harness.JoinRequest(), cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => newcomer);
        Assert.Equal(3, _harness.Describe()!.Members.Count);
        Assert.Equal(GroupError.RebalanceInProgress, _harness.Heartbeat(members[0].MemberId, members[0].GenerationId));
    }
}
