using Streams.Runtime.Groups;
using Streams.Runtime.Tests.Scripting;
using static Streams.Runtime.Tests.Scripting.GroupHarness;

namespace Streams.Runtime.Tests.Groups;

/// <summary>The policy Sync: after every record or every N, and nothing more is handed out before the answer.</summary>
public sealed class SyncCommitTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(ProcessingOrder.PerPartition)]
    [InlineData(ProcessingOrder.PerKey)]
    [InlineData(ProcessingOrder.Unordered)]
    public void Sync_ByDefault_CommitsAfterEveryRecord(ProcessingOrder order)
    {
        var group = Start(one => Sync(one) with { Order = order }).Add(P0, 3).Assign(P0);

        Assert.Equal([1, 2, 3], group.Member.Commits.Select(commit => commit[P0]));
        Assert.Equal(3, group.Committed(P0));
    }

    [Theory]
    [InlineData(ProcessingOrder.PerPartition)]
    [InlineData(ProcessingOrder.PerKey)]
    [InlineData(ProcessingOrder.Unordered)]
    public void Sync_UntilTheCommitIsAnswered_HandsOutNothingMoreOfThatPartition(ProcessingOrder order)
    {
        var group = Start(one => Sync(one) with { Order = order, Concurrency = 1 });
        group.Member.HoldsCommits = true;
        group.Add(P0, 2).Assign(P0).Advance(TimeSpan.FromSeconds(3));
        Assert.Equal([0], group.Handler.Offsets);

        group.Member.AnswerCommits();
        group.Pump();
        Assert.Equal([0, 1], group.Handler.Offsets);
    }

    // One coordinator answers the requests of the whole group one after the other, but a partition that owes no commit goes on meanwhile.
    [Fact]
    public void Sync_WhenOnePartitionWaitsForItsCommit_OthersTakeRecords()
    {
        var group = Start(one => Sync(one, 2));
        group.Member.HoldsCommits = true;
        group.Add(P0, 3).Add(P1, 1).Assign(P0, P1);

        Assert.Equal([0, 1], group.Handler.Calls.Where(call => call.Partition == P0).Select(call => call.Offset));
        Assert.Equal([0], group.Handler.Calls.Where(call => call.Partition == P1).Select(call => call.Offset));
    }

    // The commit of one partition takes along the one record another has completed. Until that commit is answered this record counts as
    // uncommitted: after its second record the other waits as well.
    [Fact]
    public void Sync_WhenAnothersCommitTakesARecordAlong_CountsItUntilTheAnswer()
    {
        var group = Start(one => Sync(one, 2));
        group.Member.HoldsCommits = true;
        group.Add(P1, 1).Assign(P0, P1).Add(P0, 2).Pump();
        Assert.Equal(1, Assert.Single(group.Member.Commits)[P1]);

        group.Add(P1, 2).Pump();
        Assert.Equal([0, 1], group.Handler.Calls.Where(call => call.Partition == P1).Select(call => call.Offset));

        group.Member.HoldsCommits = false;
        group.Member.AnswerCommits();
        group.Pump();
        Assert.Equal([0, 1, 2], group.Handler.Calls.Where(call => call.Partition == P1).Select(call => call.Offset));
    }

    [Fact]
    public void Sync_WithCommitEvery_CountsRecordsOfEachPartition()
    {
        var group = Start(one => Sync(one, 3)).Add(P0, 7).Add(P1, 2).Assign(P0, P1);

        Assert.Equal(6, group.Committed(P0));
        Assert.All(group.Member.Commits, commit => Assert.False(commit.ContainsKey(P1) && commit[P1] > 2));
        Assert.Equal([3, 6], group.Member.Commits.Select(commit => commit[P0]));
    }

    [Fact]
    public void Sync_WhenRecordsAreLeftOverAndThePartitionIsIdle_CommitsThemAfterTheInterval()
    {
        var group = Start(one => Sync(one, 3)).Add(P0, 4).Assign(P0);
        Assert.Equal(3, group.Committed(P0));

        group.Advance(Interval).Advance(Interval);
        Assert.Equal(4, group.Committed(P0));
    }

    // Several keys end while the commit of the first is under way: what they leave is committed right after it, not by the idle time.
    [Theory]
    [InlineData(ProcessingOrder.PerKey)]
    [InlineData(ProcessingOrder.Unordered)]
    public void Sync_WhenRecordsCompleteDuringTheCommit_CommitsThemRightAfterIt(ProcessingOrder order)
    {
        var group = Start(one => Sync(one) with { Order = order, Concurrency = 4 }).Hold();
        group.Member.HoldsCommits = true;
        group.Add(P0, 1, "a").Add(P0, 1, "b").Add(P0, 1, "c").Assign(P0);

        group.Return(0).Return(1).Return(2);
        Assert.Equal(1, group.Member.HeldCommits);
        group.Member.AnswerCommits();
        group.Pump();
        Assert.Equal(1, group.Member.HeldCommits);
        group.Member.AnswerCommits();
        group.Pump();

        Assert.Equal(3, group.Committed(P0));
    }

    [Fact]
    public void Sync_WhenTheCommitFailsForNow_RetriesUntilItSucceeds()
    {
        var group = Start(Sync).Add(P0, 2);
        group.Member.Refuse(StreamsErrorCode.CoordinatorLoadInProgress, times: 50);
        group.Assign(P0);
        for (var attempt = 0; attempt < 50; attempt++)
        {
            Assert.Equal([0], group.Handler.Offsets);
            group.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([0, 1], group.Handler.Offsets);
        Assert.Equal(2, group.Committed(P0));
        Assert.Equal(GroupStatus.Healthy, group.Group.Health.Status);
    }

    // Worst moment: the record is handled and its commit is on the way. Exactly this one comes again.
    [Fact]
    public void Sync_WhenTheProcessDiesBeforeTheCommitArrives_HandlesThatOneRecordAgain()
    {
        var group = Start(Sync);
        group.Add(P0, 5).Assign(P0);
        group.Member.HoldsCommits = true;
        group.Add(P0, 2).Pump();

        var next = group.Crash().Assign(P0);

        Assert.Equal([5, 6], next.Handler.Offsets);
        Assert.Equal(7, next.Committed(P0));
    }

    [Fact]
    public void Sync_WhenTheProcessDiesAfterTheCommitArrived_HandlesNothingAgain()
    {
        var group = Start(Sync);
        group.Member.HoldsCommits = true;
        group.Add(P0, 1).Assign(P0);
        group.Member.StoreHeldCommits();

        Assert.Empty(group.Crash().Assign(P0).Handler.Offsets);
    }

    [Fact]
    public void Sync_WhenTheLeaseIsLostDuringTheCommit_EndsTheRetriesAndCommitsNothingMore()
    {
        var group = Start(Sync).Add(P0, 2);
        group.Member.Refuse(StreamsErrorCode.Timeout, times: 3);
        group.Assign(P0);

        group.Member.Lose(P0);
        group.Advance(TimeSpan.FromMinutes(1));

        Assert.Single(group.Member.Commits);
        Assert.Equal([0], group.Handler.Offsets);
    }

    [Fact]
    public void Sync_WhenRevokedWhileItRetries_GivesUpAfterTheBudgetOfTheFinalCommit()
    {
        var group = Start(Sync).Add(P0, 2);
        group.Member.Refuse(StreamsErrorCode.Timeout, times: 1000);
        group.Assign(P0);

        var revoked = group.Member.RevokeAsync(default, P0);
        for (var second = 0; second < 4; second++)
        {
            group.Advance(TimeSpan.FromSeconds(1));
            Assert.False(revoked.IsCompleted);
        }

        group.Advance(TimeSpan.FromSeconds(1));
        Assert.True(revoked.IsCompletedSuccessfully);
        Assert.Null(group.Committed(P0));
    }

    [Fact]
    public void Sync_WithFewerThanCommitEveryWhenRevoked_CommitsThemAll()
    {
        var group = Start(one => Sync(one, 100)).Add(P0, 7).Assign(P0);

        group.Run(group.Member.RevokeAsync(default, P0));

        Assert.Equal(7, group.Committed(P0));
    }

    [Fact]
    public void Sync_WithFewerThanCommitEveryWhenStopped_CommitsThemAll()
    {
        var group = Start(one => Sync(one, 100)).Add(P0, 7).Assign(P0);

        group.Run(group.Group.StopAsync(TimeSpan.FromSeconds(20), default));

        Assert.Equal(7, group.Committed(P0));
    }

    private static GroupDefinition Sync(GroupDefinition definition) => Sync(definition, 1);

    private static GroupDefinition Sync(GroupDefinition definition, int every)
        => definition with { Commit = CommitPolicy.Sync, CommitEvery = every };
}
