using System.Text;
using Streams.Broker.Groups.Requests;
using Streams.Protocol.Stored;

namespace Streams.Broker.Tests.Groups;

/// <summary>Static members (KIP-345): a restart within the session costs no rebalance, and an instance id has one owner.</summary>
public sealed class StaticMemberTests : IDisposable
{
    private readonly CoordinatorHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Join_WhenAStaticMemberComesBack_KeepsGenerationAndAssignment()
    {
        var (_, follower) = await StableStaticGroup();

        var back = await _harness.Join(instance: "two");

        Assert.Equal((GroupError.None, follower.GenerationId), (back.Error, back.GenerationId));
        Assert.NotEqual(follower.MemberId, back.MemberId);
        Assert.Equal(GroupState.Stable, _harness.State);
        var synced = await _harness.Sync(back.MemberId, back.GenerationId, "two");
        Assert.Equal("for two", Encoding.UTF8.GetString(synced.Assignment));
    }

    // Owned partitions and generation are part of what a consumer says, and differ after every restart.
    [Fact]
    public async Task Join_WhenOnlyOwnedPartitionsDiffer_KeepsTheGeneration()
    {
        var (leader, _) = await StableStaticGroup();
        var subscription = new ConsumerSubscription(["orders"], null, [new TopicPartition("orders", 3)], 9, null).Write(3);

        var back = await _harness.Join(_harness.JoinRequest(instance: "two") with { Protocols = [new("range", subscription)] });

        Assert.Equal(leader.GenerationId, back.GenerationId);
        Assert.Equal(GroupState.Stable, _harness.State);
    }

    [Fact]
    public async Task Join_WhenAStaticMemberComesBackWithOtherTopics_Rebalances()
    {
        var (leader, _) = await StableStaticGroup();

        var back = _harness.Join(instance: "two", subscription: "invoices");

        Assert.Equal(GroupState.PreparingRebalance, _harness.State);
        var again = await _harness.Join(leader.MemberId, "one");
        Assert.Equal(leader.GenerationId + 1, again.GenerationId);
        Assert.Equal(again.GenerationId, (await back).GenerationId);
    }

    [Fact]
    public async Task Join_WhenTheStaticLeaderComesBack_LeadsWithoutAssigning()
    {
        var (leader, _) = await StableStaticGroup();

        var back = await _harness.Join(instance: "one");

        Assert.True(back.SkipAssignment);
        Assert.Equal(back.MemberId, back.Leader);
        Assert.Equal(2, back.Members.Count);
        var synced = await _harness.Sync(back.MemberId, back.GenerationId, "one");
        Assert.Equal("for one", Encoding.UTF8.GetString(synced.Assignment));
        Assert.Equal(leader.GenerationId, _harness.Describe()!.GenerationId);
    }

    [Fact]
    public async Task Join_WhenAnOlderStaticLeaderComesBack_IsToldItFollows()
    {
        var (leader, _) = await StableStaticGroup();

        var back = await _harness.Join(_harness.JoinRequest(instance: "one") with { SupportsSkippingAssignment = false });

        Assert.Equal((leader.MemberId, false), (back.Leader, back.SkipAssignment));
        Assert.Empty(back.Members);
    }

    [Fact]
    public async Task Requests_OfTheReplacedMember_AreFenced()
    {
        var (_, follower) = await StableStaticGroup();
        await _harness.Join(instance: "two");

        Assert.Equal(GroupError.FencedInstanceId, _harness.Heartbeat(follower.MemberId, follower.GenerationId, "two"));
        Assert.Equal(GroupError.FencedInstanceId, (await _harness.Sync(follower.MemberId, follower.GenerationId, "two")).Error);
        Assert.Equal(GroupError.FencedInstanceId, (await _harness.Join(follower.MemberId, "two")).Error);
        Assert.Equal([GroupError.FencedInstanceId], _harness.Leave(follower.MemberId, "two").Members);
        var commit = await _harness.Coordinator.CommitOffsetsAsync(
            new OffsetCommitRequest
            {
                GroupId = CoordinatorHarness.Group,
                MemberId = follower.MemberId,
                GroupInstanceId = "two",
                GenerationId = follower.GenerationId,
                Offsets = [new PartitionOffset(new TopicPartition("orders", 0), 3)],
            },
            CancellationToken.None);
        Assert.Equal(GroupError.FencedInstanceId, commit.FirstError);
    }

    // The record with the new member id is on its way to the disk. Until it is there the old one holds, or a power cut would fence nobody.
    [Fact]
    public async Task Join_WhileTheReplacementIsNotDurable_FencesNobody()
    {
        var (_, follower) = await StableStaticGroup();
        _harness.Log.IsHeld = true;
        var back = _harness.Join(instance: "two");

        Assert.False(back.IsCompleted);
        Assert.Equal(GroupError.None, _harness.Heartbeat(follower.MemberId, follower.GenerationId, "two"));

        _harness.Log.Release();
        Assert.Equal(GroupError.None, (await back).Error);
        Assert.Equal(GroupError.FencedInstanceId, _harness.Heartbeat(follower.MemberId, follower.GenerationId, "two"));
    }

    [Fact]
    public async Task Join_WhenTheReplacementCannotBeStored_KeepsTheOldMember()
    {
        var (_, follower) = await StableStaticGroup();
        _harness.Log.IsHeld = true;
        var back = _harness.Join(instance: "two");

        _harness.Log.LosePending(new StreamsException("disk") { Code = StreamsErrorCode.StorageFailed });

        Assert.Equal(GroupError.StorageError, (await back).Error);
        Assert.Equal(GroupError.None, _harness.Heartbeat(follower.MemberId, follower.GenerationId, "two"));
    }

    // Two processes with one instance id come while the first replacement is written: the last one wins, the other is fenced.
    [Fact]
    public async Task Join_WhenTwoReplaceTheSameMember_TheLastOneWins()
    {
        var (_, follower) = await StableStaticGroup();
        _harness.Log.IsHeld = true;
        var first = _harness.Join(instance: "two");
        var second = _harness.Join(instance: "two");

        _harness.Log.Release();

        Assert.Equal(GroupError.None, (await first).Error);
        Assert.Equal(GroupError.None, (await second).Error);
        Assert.Equal(GroupError.FencedInstanceId, _harness.Heartbeat((await first).MemberId, follower.GenerationId, "two"));
        Assert.Equal(GroupError.None, _harness.Heartbeat((await second).MemberId, follower.GenerationId, "two"));
    }

    [Fact]
    public async Task Join_WhenAStaticMemberComesBackDuringARebalance_TakesItsPlaceInIt()
    {
        var (leader, follower) = await StableStaticGroup();
        var parked = _harness.Join(follower.MemberId, "two", subscription: "invoices");

        var back = _harness.Join(instance: "two");

        Assert.Equal(GroupError.FencedInstanceId, (await parked).Error);
        var again = await _harness.Join(leader.MemberId, "one");
        Assert.Equal(["one", "two"], again.Members.Select(member => member.GroupInstanceId));
        Assert.Equal(again.Members[1].MemberId, (await back).MemberId);
    }

    [Fact]
    public async Task Session_OfAStaticMember_EndsLikeAnyOther()
    {
        var (leader, _) = await StableStaticGroup();
        _harness.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(GroupError.None, _harness.Heartbeat(leader.MemberId, leader.GenerationId, "one"));

        _harness.Time.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(GroupState.PreparingRebalance, _harness.State);
        Assert.Single((await _harness.Join(leader.MemberId, "one")).Members);
    }

    [Fact]
    public async Task Leave_ByInstanceIdAlone_RemovesTheMember()
    {
        var (_, follower) = await StableStaticGroup();

        Assert.Equal([GroupError.UnknownMemberId], _harness.Leave("", "three").Members);
        Assert.Equal([GroupError.None], _harness.Leave("", "two").Members);

        Assert.Equal(GroupError.UnknownMemberId, _harness.Heartbeat(follower.MemberId, follower.GenerationId, "two"));
    }

    [Fact]
    public async Task Restart_AfterAReplacement_KnowsTheNewMember()
    {
        var (leader, follower) = await StableStaticGroup();
        var back = await _harness.Join(instance: "two");

        _harness.Restart();

        Assert.Equal(GroupError.None, _harness.Heartbeat(back.MemberId, back.GenerationId, "two"));
        Assert.Equal(GroupError.FencedInstanceId, _harness.Heartbeat(follower.MemberId, follower.GenerationId, "two"));
        Assert.Equal(GroupError.None, _harness.Heartbeat(leader.MemberId, leader.GenerationId, "one"));
    }

    private async Task<(JoinGroupAnswer Leader, JoinGroupAnswer Follower)> StableStaticGroup()
    {
        var first = await _harness.Join(instance: "one");
        var second = _harness.Join(instance: "two");
        first = await _harness.Join(first.MemberId, "one");
        var synced = _harness.Sync((await second).MemberId, first.GenerationId, "two");
        await _harness.Sync(first.MemberId, first.GenerationId, "one", (first.MemberId, "for one"), ((await second).MemberId, "for two"));
        await synced;
        return (first, await second);
    }
}
