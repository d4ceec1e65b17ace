using System.Text;
using Streams.Broker.Groups.Requests;

namespace Streams.Broker.Tests.Groups;

public sealed class SyncTests : IDisposable
{
    private readonly CoordinatorHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Sync_WhenTheLeaderAssigns_GivesEverybodyTheirs()
    {
        var first = await _harness.Join();
        var second = _harness.Join();
        first = await _harness.Join(first.MemberId);
        var follower = _harness.Sync(await second);
        Assert.False(follower.IsCompleted);

        var leader = await _harness.Sync(first, (first.MemberId, "a"), ((await second).MemberId, "b"));

        Assert.Equal("a", Encoding.UTF8.GetString(leader.Assignment));
        Assert.Equal("b", Encoding.UTF8.GetString((await follower).Assignment));
        Assert.Equal(("consumer", "range"), (leader.ProtocolType, leader.ProtocolName));
        Assert.Equal(GroupState.Stable, _harness.State);
    }

    // The disk is slow. Nobody may act on an assignment that a power cut would undo.
    [Fact]
    public async Task Sync_WhileTheAssignmentIsNotDurable_AnswersNobody()
    {
        var joined = await _harness.Join();
        _harness.Log.IsHeld = true;

        var synced = _harness.Sync(joined, (joined.MemberId, "a"));
        Assert.False(synced.IsCompleted);
        Assert.Equal(GroupState.CompletingRebalance, _harness.State);

        _harness.Log.Release();
        Assert.Equal(GroupError.None, (await synced).Error);
        Assert.Equal(GroupState.Stable, _harness.State);
    }

    [Fact]
    public async Task Sync_WhenTheLeaderRepeatsItself_WritesOnce()
    {
        var joined = await _harness.Join();
        _harness.Log.IsHeld = true;
        var first = _harness.Sync(joined, (joined.MemberId, "a"));
        var second = _harness.Sync(joined, (joined.MemberId, "other"));
        Assert.Equal(1, _harness.Log.HeldCount);

        _harness.Log.Release();

        Assert.Equal(GroupError.RebalanceInProgress, (await first).Error);
        Assert.Equal("a", Encoding.UTF8.GetString((await second).Assignment));
    }

    [Fact]
    public async Task Sync_WhenAMemberJoinsWhileTheAssignmentIsWritten_DropsThatGeneration()
    {
        var joined = await _harness.Join();
        _harness.Log.IsHeld = true;
        var synced = _harness.Sync(joined, (joined.MemberId, "a"));

        var newcomer = _harness.Join();
        Assert.Equal(GroupError.RebalanceInProgress, (await synced).Error);
        _harness.Log.Release();

        Assert.Equal(GroupState.PreparingRebalance, _harness.State);
        var again = await _harness.Join(joined.MemberId);
        Assert.Equal(2, again.GenerationId);
        Assert.Equal(2, (await newcomer).GenerationId);
    }

    [Fact]
    public async Task Sync_WhenTheDiskFails_TellsEverybodyAndRebalances()
    {
        var joined = await _harness.Join();
        _harness.Log.Failure = new StreamsException("disk") { Code = StreamsErrorCode.StorageFailed };

        var synced = await _harness.Sync(joined, (joined.MemberId, "a"));

        Assert.Equal(GroupError.StorageError, synced.Error);
        Assert.Equal(GroupState.PreparingRebalance, _harness.State);
        Assert.Empty(_harness.Log.Durable);

        _harness.Log.Failure = null;
        var again = await _harness.Join(joined.MemberId);
        Assert.Equal(GroupError.None, (await _harness.Sync(again, (again.MemberId, "a"))).Error);
    }

    [Fact]
    public async Task Sync_WhenTheLeaderForgetsAMember_GivesItNothing()
    {
        var joined = await _harness.Join();

        var synced = await _harness.Sync(joined);

        Assert.Empty(synced.Assignment);
        Assert.Equal(GroupState.Stable, _harness.State);
    }

    [Fact]
    public async Task Sync_WhenStable_AnswersTheAssignmentAgain()
    {
        var members = await _harness.StableGroup(2);

        var again = await _harness.Sync(members[1]);

        Assert.Equal("of " + members[1].MemberId, Encoding.UTF8.GetString(again.Assignment));
    }

    [Fact]
    public async Task Sync_WhenSomethingDoesNotFit_SaysWhat()
    {
        var joined = await _harness.Join();
        var request = new SyncGroupRequest
        {
            GroupId = CoordinatorHarness.Group,
            MemberId = joined.MemberId,
            GenerationId = joined.GenerationId,
        };

        Assert.Equal(GroupError.UnknownMemberId, (await Sync(request with { GroupId = "other" })).Error);
        Assert.Equal(GroupError.UnknownMemberId, (await Sync(request with { MemberId = "other" })).Error);
        Assert.Equal(GroupError.IllegalGeneration, (await Sync(request with { GenerationId = 7 })).Error);
        Assert.Equal(GroupError.InconsistentGroupProtocol, (await Sync(request with { ProtocolName = "sticky" })).Error);
        Assert.Equal(GroupError.InconsistentGroupProtocol, (await Sync(request with { ProtocolType = "connect" })).Error);
        _ = _harness.Join();
        Assert.Equal(GroupError.RebalanceInProgress, (await Sync(request)).Error);
    }

    // It has joined and heartbeats, but never asks for its assignment: its partitions would be consumed by nobody.
    [Fact]
    public async Task Sync_WhenAFollowerNeverSyncs_RemovesItAfterTheRebalanceTimeout()
    {
        var first = await _harness.Join();
        var second = _harness.Join();
        first = await _harness.Join(first.MemberId);
        var silent = await second;
        await _harness.Sync(first, (first.MemberId, "a"));
        for (var seconds = 0; seconds < 60; seconds += 20)
        {
            Assert.Equal(GroupError.None, _harness.Heartbeat(first.MemberId, first.GenerationId));
            Assert.Equal(GroupError.None, _harness.Heartbeat(silent.MemberId, silent.GenerationId));
            _harness.Time.Advance(TimeSpan.FromSeconds(20));
        }

        Assert.Equal(GroupError.UnknownMemberId, _harness.Heartbeat(silent.MemberId, silent.GenerationId));
        Assert.Equal(GroupError.RebalanceInProgress, _harness.Heartbeat(first.MemberId, first.GenerationId));
    }

    private Task<SyncGroupAnswer> Sync(SyncGroupRequest request)
        => _harness.Coordinator.SyncAsync(request, CancellationToken.None).AsTask();
}
