using Streams.Broker.Groups;
using Streams.Broker.Groups.Requests;

namespace Streams.Broker.Tests.Groups;

/// <summary>When committed offsets and groups end: expiry and deletion.</summary>
public sealed class OffsetLifeTests : IDisposable
{
    private static readonly TimeSpan Retention = GroupCoordinatorDefaults.OffsetsRetention;

    private readonly CoordinatorHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Expire_WithoutGroupManagement_CountsFromTheCommit()
    {
        _harness.CommitOne("", -1);
        _harness.Time.Advance(Retention - TimeSpan.FromMinutes(1));
        Assert.Equal(0, await Expire());
        Assert.Equal(7, _harness.Committed());

        _harness.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, await Expire());
        Assert.Null(_harness.Committed());
        Assert.Null(_harness.Describe());
    }

    [Fact]
    public async Task Expire_WithMembers_KeepsWhatTheySubscribeTo()
    {
        var members = await _harness.StableGroup(1);
        await _harness.Commit(
            members[0].MemberId, members[0].GenerationId, (new TopicPartition("orders", 0), 1), (new TopicPartition("invoices", 0), 1));
        for (var passed = TimeSpan.Zero; passed < Retention; passed += TimeSpan.FromSeconds(40))
        {
            _harness.Time.Advance(TimeSpan.FromSeconds(40));
            Assert.Equal(GroupError.None, _harness.Heartbeat(members[0].MemberId, members[0].GenerationId));
        }

        Assert.Equal(1, await Expire());

        Assert.Equal(1, _harness.Committed());
        Assert.Null(_harness.Committed(topic: "invoices"));
    }

    // A group that consumed yesterday and was stopped today has seven days from today, not from its last commit.
    [Fact]
    public async Task Expire_OfAnEmptyGroup_CountsFromTheMomentItBecameEmpty()
    {
        var members = await _harness.StableGroup(1);
        _harness.CommitOne(members[0].MemberId, members[0].GenerationId);
        for (var day = 0; day < 2160; day++)
        {
            _harness.Time.Advance(TimeSpan.FromSeconds(40));
            _harness.Heartbeat(members[0].MemberId, members[0].GenerationId);
        }

        _harness.Leave(members[0].MemberId);
        _harness.Time.Advance(Retention - TimeSpan.FromMinutes(1));
        Assert.Equal(0, await Expire());

        _harness.Restart();
        _harness.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await Expire());
        Assert.Null(_harness.Describe());

        _harness.Restart();
        Assert.Null(_harness.Describe());
    }

    [Fact]
    public async Task Expire_WhenTheCommitterSaidHowLong_ObeysThat()
    {
        await _harness.Coordinator.CommitOffsetsAsync(
            new OffsetCommitRequest
            {
                GroupId = CoordinatorHarness.Group,
                Retention = TimeSpan.FromHours(1),
                Offsets = [new PartitionOffset(new TopicPartition("orders", 0), 1)],
            },
            CancellationToken.None);
        _harness.Restart();
        _harness.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(0, await Expire());

        _harness.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, await Expire());
    }

    [Fact]
    public async Task DeleteGroup_InEveryState_AnswersWhatTheTableSays()
    {
        Assert.Equal(GroupError.GroupIdNotFound, await Delete());
        var joined = await _harness.Join();
        Assert.Equal(GroupError.NonEmptyGroup, await Delete());
        await _harness.Sync(joined);
        Assert.Equal(GroupError.NonEmptyGroup, await Delete());
        _harness.CommitOne(joined.MemberId, joined.GenerationId);
        _harness.Leave(joined.MemberId);

        Assert.Equal(GroupError.None, await Delete());

        Assert.Null(_harness.Describe());
        Assert.Null(_harness.Committed());
        _harness.Restart();
        Assert.Null(_harness.Describe());
        Assert.Null(_harness.Committed());
        Assert.Equal(1, (await _harness.Join()).GenerationId);
    }

    // A commit is on its way to the disk when the group is deleted. Its record stands before the tombstones, so nothing of it may be left.
    [Fact]
    public async Task DeleteGroup_WhileACommitIsUnderWay_LeavesNothing()
    {
        _harness.CommitOne("", -1);
        _harness.Log.IsHeld = true;
        var commit = _harness.Commit("", -1, (new TopicPartition("orders", 4), 1));
        var deleted = Delete();

        _harness.Log.Release();

        Assert.Equal(GroupError.None, (await commit).FirstError);
        Assert.Equal(GroupError.None, await deleted);
        Assert.Empty(_harness.Coordinator.FetchOffsets(CoordinatorHarness.Group, null));
        _harness.Restart();
        Assert.Null(_harness.Describe());
    }

    [Fact]
    public async Task DeleteOffsets_OfSubscribedTopics_IsRefused()
    {
        var members = await _harness.StableGroup(1);
        var orders = new TopicPartition("orders", 0);
        var invoices = new TopicPartition("invoices", 0);
        await _harness.Commit(members[0].MemberId, members[0].GenerationId, (orders, 1), (invoices, 1));

        Assert.Equal(
            [GroupError.GroupSubscribedToTopic, GroupError.None],
            await _harness.Coordinator.DeleteOffsetsAsync(CoordinatorHarness.Group, [orders, invoices], CancellationToken.None));

        Assert.Equal([orders], _harness.Coordinator.FetchOffsets(CoordinatorHarness.Group, null).Keys);
        Assert.Equal(
            [GroupError.GroupIdNotFound],
            await _harness.Coordinator.DeleteOffsetsAsync("other", [orders], CancellationToken.None));
    }

    [Fact]
    public async Task DeleteTopicOffsets_ForgetsThemInAllGroups()
    {
        await _harness.Commit("", -1, (new TopicPartition("orders", 0), 1), (new TopicPartition("invoices", 0), 1));
        await _harness.Coordinator.CommitOffsetsAsync(
            new OffsetCommitRequest { GroupId = "other", Offsets = [new PartitionOffset(new TopicPartition("orders", 2), 1)] },
            CancellationToken.None);

        Assert.Equal(2, await _harness.Coordinator.DeleteTopicOffsetsAsync("orders", CancellationToken.None));

        Assert.Null(_harness.Committed());
        Assert.Equal(1, _harness.Committed(topic: "invoices"));
        Assert.Empty(_harness.Coordinator.FetchOffsets("other", null));
    }

    private Task<int> Expire() => _harness.Coordinator.ExpireOffsetsAsync(CancellationToken.None).AsTask();

    private Task<GroupError> Delete() => _harness.Coordinator.DeleteGroupAsync(CoordinatorHarness.Group, CancellationToken.None).AsTask();
}
