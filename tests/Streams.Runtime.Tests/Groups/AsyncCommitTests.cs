using Streams.Runtime.Groups;
using Streams.Runtime.Tests.Scripting;
using static Streams.Runtime.Tests.Scripting.GroupHarness;

namespace Streams.Runtime.Tests.Groups;

/// <summary>The policy Async: after every completion or every N, without waiting, one request at a time, results to OnCommitted.</summary>
public sealed class AsyncCommitTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    [Fact]
    public void Async_WhenACommitIsUnderWay_GoesOnHandling()
    {
        var group = Start(Async);
        group.Member.HoldsCommits = true;
        group.Add(P0, 1).Assign(P0).Add(P0, 4).Pump();

        Assert.Equal([0, 1, 2, 3, 4], group.Handler.Offsets);
        Assert.Equal(1, group.Member.HeldCommits);
    }

    [Fact]
    public void Async_WhenValuesPileUpDuringACommit_SendsOnlyTheNewest()
    {
        var group = Start(Async);
        group.Member.HoldsCommits = true;
        group.Add(P0, 1).Assign(P0);
        group.Add(P0, 1).Pump().Add(P0, 1).Pump();

        group.Member.AnswerCommits();
        group.Pump();
        group.Member.AnswerCommits();
        group.Pump();

        Assert.Equal([1, 3], group.Member.Commits.Select(commit => commit[P0]));
    }

    [Fact]
    public void Async_WithCommitEvery_CommitsAfterThatMany()
    {
        var group = Start(one => Async(one) with { CommitEvery = 3 }).Hold().Add(P0, 4).Assign(P0);

        group.Return(0).Return(1);
        Assert.Empty(group.Member.Commits);

        group.Return(2);
        Assert.Equal(3, group.Committed(P0));
    }

    [Fact]
    public void Async_WhenRecordsAreLeftOverAndThePartitionIsIdle_CommitsThemAfterTheInterval()
    {
        var group = Start(one => Async(one) with { CommitEvery = 100 }).Add(P0, 4).Assign(P0);
        Assert.Empty(group.Member.Commits);

        Assert.Equal(4, group.Advance(Interval).Advance(Interval).Committed(P0));
    }

    // The older value failed while a newer one came: sending the older again could put it over the newer.
    [Fact]
    public void Async_WhenACommitFailsAndANewerValueCame_SendsTheNewerOnly()
    {
        var group = Start(Async);
        group.Member.HoldsCommits = true;
        group.Add(P0, 1).Assign(P0).Add(P0, 2).Pump();
        group.Member.AnswerCommits(new("Not now.") { Code = StreamsErrorCode.CoordinatorNotAvailable });
        group.Pump();

        group.Advance(TimeSpan.FromSeconds(1));
        group.Member.AnswerCommits();
        group.Pump();

        Assert.Equal([1, 3], group.Member.Commits.Select(commit => commit[P0]));
        Assert.Equal(3, group.Committed(P0));
    }

    [Fact]
    public void Async_WhenACommitSucceeds_TellsTheOffsets()
    {
        var group = Start(Async).Add(P0, 2).Assign(P0);

        var result = group.Handler.Results[^1];
        Assert.True(result.IsSuccess);
        Assert.Equal(2, result.Offsets[P0]);
    }

    [Fact]
    public void Async_WhenACommitFailsForGood_TellsTheErrorAndKeepsTheValueDue()
    {
        var group = Start(Async).Add(P0, 1);
        group.Member.Refuse(StreamsErrorCode.NotLeader, times: 4);
        group.Assign(P0);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.Empty(group.Handler.Results);
            group.Advance(TimeSpan.FromSeconds(1));
        }

        var result = Assert.Single(group.Handler.Results);
        Assert.Equal((StreamsErrorCode.NotLeader, 1L), (result.Error!.Code, result.Offsets[P0]));

        group.Advance(Interval * 2);
        Assert.Equal(1, group.Committed(P0));
        Assert.True(group.Handler.Results[^1].IsSuccess);
    }

    // The retries of one commit are over while records go on completing. The partition is never idle, so nothing else would ask for a
    // commit: what piled up must go out by itself, or nothing is committed for as long as the load lasts.
    [Fact]
    public void Async_WhenRetriesAreOverUnderLoad_GoesOnCommitting()
    {
        var group = Start(one => WithCallbacks(Async(one), HandlerCallbacks.None));
        group.Member.HoldsCommits = true;
        group.Add(P0, 1).Assign(P0);
        for (var attempt = 0; attempt < 4; attempt++)
        {
            group.Add(P0, 1).Pump();
            group.Member.AnswerCommits(new("Not now.") { Code = StreamsErrorCode.NotLeader });
            group.Advance(TimeSpan.FromSeconds(1));
        }

        group.Member.HoldsCommits = false;
        group.Member.AnswerCommits();
        for (var second = 0; second < 20; second++)
        {
            group.Add(P0, 1).Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(group.Committed(P0) ?? 0, 20, 25);
    }

    [Fact]
    public void Async_WhenResultsAreNotTaken_HoldsCommitsBackUntilTheyAre()
    {
        var group = Start(one => Async(one) with { CommitEvery = 1 });
        var isStuck = false;
        group.Handler.OnEvent = what =>
        {
            if (what.StartsWith("committed", StringComparison.Ordinal) && !isStuck)
            {
                isStuck = true;
                group.Add(P0, 3);
            }
        };
        group.Add(P0, 1).Assign(P0);

        Assert.Equal(4, group.Committed(P0));
        Assert.Equal(4, group.Handler.Results[^1].Offsets[P0]);
    }

    [Fact]
    public void Async_WhenTheProcessDies_HandlesAgainWhatNoCommitCovered()
    {
        var group = Start(Async);
        group.Member.HoldsCommits = true;
        group.Add(P0, 1).Assign(P0).Add(P0, 4).Pump();
        group.Member.StoreHeldCommits();

        var next = group.Crash().Assign(P0);

        Assert.Equal([1, 2, 3, 4], next.Handler.Offsets);
        Assert.Equal(5, next.Committed(P0));
    }

    // Record 0 is still with its handler; all behind it are done. Dying now must not pass it.
    [Fact]
    public void Async_WhenTheProcessDiesWithTheOldestRecordInFlight_LosesNothing()
    {
        var group = Start(one => Async(one) with { Order = ProcessingOrder.Unordered, Concurrency = 8 }).Hold().Add(P0, 5).Assign(P0);
        group.Return(1).Return(2).Return(3).Return(4).Advance(Interval * 3);
        Assert.Empty(group.Member.Commits);

        Assert.Equal([0, 1, 2, 3, 4], group.Crash().Assign(P0).Handler.Offsets);
    }

    [Fact]
    public void Async_WhenTheLeaseIsLostDuringACommit_CommitsNothingMoreOfIt()
    {
        var group = Start(Async);
        group.Member.HoldsCommits = true;
        group.Add(P0, 1).Assign(P0).Add(P0, 1).Pump();

        group.Member.Lose(P0);
        group.Pump();
        group.Member.AnswerCommits(new("Too late.") { Code = StreamsErrorCode.LeaseLost });
        group.Advance(Interval * 2);

        Assert.Single(group.Member.Commits);
        Assert.Equal(GroupStatus.Healthy, group.Group.Health.Status);
    }

    [Fact]
    public void Async_WhenRevokedDuringACommit_CommitsTheNewestBeforeItIsGivenUp()
    {
        var group = Start(Async);
        group.Member.HoldsCommits = true;
        group.Add(P0, 1).Assign(P0).Add(P0, 3).Pump();

        var revoked = group.Member.RevokeAsync(default, P0);
        group.Pump();
        Assert.False(revoked.IsCompleted);
        group.Member.AnswerCommits();
        group.Pump();
        group.Member.AnswerCommits();
        group.Run(revoked);

        Assert.Equal(4, group.Committed(P0));
    }

    [Fact]
    public void Async_WithoutAFinalCommit_GivesUpWithoutOne()
    {
        var group = Start(one => Async(one) with { CommitEvery = 100, FinalCommit = false }).Add(P0, 3).Assign(P0);

        group.Run(group.Member.RevokeAsync(default, P0));

        Assert.Empty(group.Member.Commits);
    }

    private static GroupDefinition Async(GroupDefinition definition) => definition with { Commit = CommitPolicy.Async };
}
