using Streams.Broker.Groups.Requests;

namespace Streams.Broker.Tests.Groups;

public sealed class CommitTests : IDisposable
{
    private readonly CoordinatorHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Commit_ByAMemberOfTheGeneration_IsFetched()
    {
        var members = await _harness.StableGroup(1);

        Assert.Equal(GroupError.None, _harness.CommitOne(members[0].MemberId, members[0].GenerationId, 41));

        Assert.Equal(41, _harness.Committed());
        Assert.Null(_harness.Committed(partition: 1));
        Assert.Empty(_harness.Coordinator.FetchOffsets("other", null));
    }

    [Fact]
    public async Task Commit_WhileNotDurable_IsNeitherAnsweredNorSeen()
    {
        var members = await _harness.StableGroup(1);
        _harness.Log.IsHeld = true;

        var commit = _harness.Commit(members[0].MemberId, members[0].GenerationId, (new TopicPartition("orders", 0), 5));
        Assert.False(commit.IsCompleted);
        Assert.Null(_harness.Committed());

        _harness.Log.Release();
        Assert.Equal(GroupError.None, (await commit).FirstError);
        Assert.Equal(5, _harness.Committed());
    }

    [Fact]
    public async Task Commit_WhenTheDiskFails_SaysSoAndChangesNothing()
    {
        var members = await _harness.StableGroup(1);
        _harness.CommitOne(members[0].MemberId, members[0].GenerationId, 5);
        _harness.Log.Failure = new StreamsException("disk") { Code = StreamsErrorCode.DiskFull };

        Assert.Equal(GroupError.StorageError, _harness.CommitOne(members[0].MemberId, members[0].GenerationId, 6));

        Assert.Equal(5, _harness.Committed());
    }

    // Answers of the disk come out of order: the second batch is reported before the first. What is seen follows the log.
    [Fact]
    public async Task Commit_WhenSeveralAreUnderWay_SettleInTheOrderOfTheLog()
    {
        var members = await _harness.StableGroup(1);
        _harness.Log.IsHeld = true;
        var commits = Enumerable.Range(1, 5)
            .Select(offset => _harness.Commit(members[0].MemberId, members[0].GenerationId, (new TopicPartition("orders", 0), offset)))
            .ToArray();

        _harness.Log.Release();

        Assert.All(await Task.WhenAll(commits), commit => Assert.Equal(GroupError.None, commit.FirstError));
        Assert.Equal(5, _harness.Committed());
    }

    [Fact]
    public async Task Commit_InEveryState_AnswersWhatTheTableSays()
    {
        // Empty: outside of group management only.
        Assert.Equal(GroupError.IllegalGeneration, _harness.CommitOne("somebody", 3));
        Assert.Equal(GroupError.None, _harness.CommitOne("", -1));
        Assert.Equal(GroupError.UnknownMemberId, _harness.CommitOne("somebody", 3));

        var joined = await _harness.Join();
        Assert.Equal(GroupState.CompletingRebalance, _harness.State);
        Assert.Equal(GroupError.RebalanceInProgress, _harness.CommitOne(joined.MemberId, 1));
        Assert.Equal(GroupError.UnknownMemberId, _harness.CommitOne("", -1));

        await _harness.Sync(joined);
        Assert.Equal(GroupError.None, _harness.CommitOne(joined.MemberId, 1));
        Assert.Equal(GroupError.IllegalGeneration, _harness.CommitOne(joined.MemberId, 0));
        Assert.Equal(GroupError.IllegalGeneration, _harness.CommitOne(joined.MemberId, 2));
        Assert.Equal(GroupError.UnknownMemberId, _harness.CommitOne("somebody", 1));
        Assert.Equal(GroupError.UnknownMemberId, _harness.CommitOne("", -1));

        // Preparing: the old generation may still commit what it gives up.
        _ = _harness.Join();
        Assert.Equal(GroupState.PreparingRebalance, _harness.State);
        Assert.Equal(GroupError.None, _harness.CommitOne(joined.MemberId, 1, 99));
        Assert.Equal(99, _harness.Committed());

        var again = await _harness.Join(joined.MemberId);
        Assert.Equal(GroupError.IllegalGeneration, _harness.CommitOne(joined.MemberId, 1));
        Assert.Equal(GroupError.RebalanceInProgress, _harness.CommitOne(joined.MemberId, again.GenerationId));
    }

    [Fact]
    public async Task Commit_OfSeveralPartitions_AnswersEachOne()
    {
        var members = await _harness.StableGroup(1);
        var request = new OffsetCommitRequest
        {
            GroupId = CoordinatorHarness.Group,
            MemberId = members[0].MemberId,
            GenerationId = members[0].GenerationId,
            Offsets =
            [
                new PartitionOffset(new TopicPartition("orders", 0), 1, 4, "note"),
                new PartitionOffset(new TopicPartition("orders", 6), 1),
                new PartitionOffset(new TopicPartition("nothing", 0), 1),
                new PartitionOffset(new TopicPartition("orders", 1), 1, Metadata: new string('ä', 2049)),
                new PartitionOffset(new TopicPartition("orders", 2), 1, Metadata: new string('a', 4096)),
            ],
        };

        var answer = await _harness.Coordinator.CommitOffsetsAsync(request, CancellationToken.None);

        Assert.Equal(
            [
                GroupError.None,
                GroupError.UnknownTopicOrPartition,
                GroupError.UnknownTopicOrPartition,
                GroupError.OffsetMetadataTooLarge,
                GroupError.None,
            ],
            answer.Errors);
        var fetched = _harness.Coordinator.FetchOffsets(CoordinatorHarness.Group, null);
        Assert.Equal(2, fetched.Count);
        var stored = fetched[new TopicPartition("orders", 0)];
        Assert.Equal((1, 4, "note"), (stored.Offset, stored.LeaderEpoch, stored.Metadata));
    }

    [Fact]
    public void Commit_Backwards_IsTaken()
    {
        _harness.CommitOne("", -1, 100);
        _harness.CommitOne("", -1, 10);

        Assert.Equal(10, _harness.Committed());
    }

    [Fact]
    public async Task LowestCommittedOffset_OverGroups_IsTheLowest()
    {
        var partition = new TopicPartition("orders", 0);
        foreach (var (group, offset) in new[] { ("a", 30L), ("b", 10L), ("c", 20L) })
        {
            await _harness.Coordinator.CommitOffsetsAsync(
                new OffsetCommitRequest { GroupId = group, Offsets = [new PartitionOffset(partition, offset)] },
                CancellationToken.None);
        }

        Assert.Equal(10, _harness.Coordinator.LowestCommittedOffset(partition));
        Assert.Null(_harness.Coordinator.LowestCommittedOffset(new TopicPartition("orders", 1)));
        Assert.Equal([new(partition, 10)], _harness.Coordinator.LowestCommittedOffsets());

        await _harness.Coordinator.DeleteGroupAsync("b", CancellationToken.None);
        Assert.Equal(20, _harness.Coordinator.LowestCommittedOffset(partition));
    }

    // The machine lost power. orders-0 came back with 50 records; two groups had committed beyond that.
    [Fact]
    public async Task ResetOffsetsAbove_AfterALoss_SetsThemBackDurably()
    {
        _harness.CommitOne("", -1, 80);
        await _harness.Coordinator.CommitOffsetsAsync(
            new OffsetCommitRequest { GroupId = "behind", Offsets = [new PartitionOffset(new TopicPartition("orders", 0), 50)] },
            CancellationToken.None);

        Assert.Equal(1, await _harness.Coordinator.ResetOffsetsAboveAsync(new TopicPartition("orders", 0), 50, CancellationToken.None));

        Assert.Equal(50, _harness.Committed());
        _harness.Restart();
        Assert.Equal(50, _harness.Committed());
        Assert.Equal(0, await _harness.Coordinator.ResetOffsetsAboveAsync(new TopicPartition("orders", 0), 50, CancellationToken.None));
    }

    [Fact]
    public async Task ResetOffsetsAbove_WhenTheDiskFails_Throws()
    {
        _harness.CommitOne("", -1, 80);
        _harness.Log.Failure = new StreamsException("disk") { Code = StreamsErrorCode.StorageFailed };

        var error = await Assert.ThrowsAsync<StreamsException>(
            () => _harness.Coordinator.ResetOffsetsAboveAsync(new TopicPartition("orders", 0), 50, CancellationToken.None).AsTask());

        Assert.Equal(StreamsErrorCode.StorageFailed, error.Code);
    }
}
