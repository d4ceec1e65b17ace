using Streams.Runtime.Groups;
using Streams.Runtime.Tests.Scripting;
using static Streams.Runtime.Tests.Scripting.GroupHarness;

namespace Streams.Runtime.Tests.Groups;

/// <summary>The policy Auto: on an interval, also when idle, one at a time, and at the end of a lease.</summary>
public sealed class AutoCommitTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    [Fact]
    public void Auto_WhenRecordsComplete_CommitsOnTheIntervalAndNotBefore()
    {
        var group = Start().Add(P0, 3).Assign(P0);

        Assert.Equal([0, 1, 2], group.Handler.Offsets);
        Assert.Empty(group.Member.Commits);

        group.Advance(Interval - TimeSpan.FromMilliseconds(1));
        Assert.Empty(group.Member.Commits);

        group.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(3, group.Committed(P0));
    }

    [Fact]
    public void Auto_WhenTheGroupIsIdleAfterACompletion_CommitsAllTheSame()
    {
        var group = Start().Add(P0, 1).Assign(P0).Advance(Interval);
        Assert.Equal(1, group.Committed(P0));

        group.Advance(Interval * 10).Add(P0, 1).Pump();
        Assert.Single(group.Member.Commits);

        group.Advance(Interval);
        Assert.Equal(2, group.Committed(P0));
        Assert.Equal(2, group.Member.Commits.Count);
    }

    [Fact]
    public void Auto_WhenNothingCompleted_CommitsNothing()
    {
        var group = Start().Hold().Add(P0, 3).Assign(P0).Advance(Interval * 3);

        Assert.Empty(group.Member.Commits);
    }

    [Fact]
    public void Auto_WhenALaterRecordCompletesFirst_CommitsUpToTheGapOnly()
    {
        var group = Start(one => one with { Order = ProcessingOrder.Unordered, Concurrency = 4 }).Hold().Add(P0, 4).Assign(P0);

        group.Return(0).Return(2).Return(3).Advance(Interval);
        Assert.Equal(1, group.Committed(P0));

        group.Return(1).Advance(Interval);
        Assert.Equal(4, group.Committed(P0));
    }

    [Fact]
    public void Auto_WhenTheIntervalComesDuringACommit_SendsTheNewerValueAfterTheAnswer()
    {
        var group = Start().Add(P0, 1).Assign(P0);
        group.Member.HoldsCommits = true;
        group.Advance(Interval).Add(P0, 2).Pump().Advance(Interval);
        Assert.Equal(1, group.Member.HeldCommits);

        group.Member.AnswerCommits();
        group.Pump();
        Assert.Equal(1, group.Committed(P0));
        Assert.Equal(1, group.Member.HeldCommits);

        group.Member.AnswerCommits();
        group.Pump();
        Assert.Equal(3, group.Committed(P0));
    }

    [Fact]
    public void Auto_WhenSeveralPartitionsAreDirty_CommitsThemInOneRequest()
    {
        var group = Start().Add(P0, 2).Add(P1, 3).Assign(P0, P1).Advance(Interval);

        Assert.Equal(new Dictionary<TopicPartition, long> { [P0] = 2, [P1] = 3 }, Assert.Single(group.Member.Commits));
    }

    // The process dies just before the interval is over: everything handled since the last commit comes again, and nothing is passed.
    [Fact]
    public void Auto_WhenTheProcessDiesBeforeTheInterval_HandlesAgainFromTheCommittedOffset()
    {
        var group = Start().Add(P0, 2).Assign(P0).Advance(Interval).Add(P0, 3).Pump();

        var next = group.Crash().Assign(P0);

        Assert.Equal([2, 3, 4], next.Handler.Offsets);
        Assert.Equal(5, next.Advance(Interval).Committed(P0));
    }

    // The commit has reached the broker when the process dies, and its answer is never seen.
    [Fact]
    public void Auto_WhenTheProcessDiesBeforeTheAnswer_HandlesNothingAgain()
    {
        var group = Start().Add(P0, 2).Assign(P0);
        group.Member.HoldsCommits = true;
        group.Advance(Interval);
        group.Member.StoreHeldCommits();

        Assert.Empty(group.Crash().Assign(P0).Handler.Offsets);
    }

    // The lease is lost while a record is with its handler and others wait to be committed: none of it may be committed any more.
    [Fact]
    public void Auto_WhenTheLeaseIsLostWithWorkToCommit_CommitsNothingOfIt()
    {
        var group = Start(one => one with { Order = ProcessingOrder.Unordered, Concurrency = 4 }).Hold().Add(P0, 3).Assign(P0);
        group.Return(0).Return(1);

        group.Member.Lose(P0);
        group.Return(2).Advance(Interval * 2);
        Assert.Empty(group.Member.Commits);

        group.Handler.Handle = null;
        group.Assign(P0).Advance(Interval);
        Assert.Equal([0, 1, 2, 0, 1, 2], group.Handler.Offsets);
        Assert.Equal(3, group.Committed(P0));
    }

    [Fact]
    public void Auto_WhenThePartitionIsRevoked_CommitsBeforeItIsGivenUp()
    {
        var group = Start().Add(P0, 3).Assign(P0);

        group.Run(group.Member.RevokeAsync(default, P0));

        Assert.Equal(3, group.Committed(P0));
    }

    [Fact]
    public void Auto_WhenTheHostStops_CommitsBeforeItLeaves()
    {
        var group = Start().Add(P0, 3).Assign(P0);
        var isFirst = false;
        group.Member.BeforeCommit = () => isFirst = !group.Member.HasLeft;

        group.Run(group.Group.StopAsync(TimeSpan.FromSeconds(20), default));

        Assert.True(isFirst);
        Assert.True(group.Member.HasLeft);
        Assert.Equal(3, group.Committed(P0));
    }

    [Fact]
    public void Auto_WhenACommitFails_CommitsTheNewerValueLater()
    {
        var group = Start().Add(P0, 1).Assign(P0);
        group.Member.Refuse(StreamsErrorCode.CoordinatorNotAvailable, times: 4);

        group.Advance(Interval);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            group.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(4, group.Member.Commits.Count);
        Assert.Null(group.Committed(P0));

        group.Add(P0, 1).Pump().Advance(Interval);
        Assert.Equal(2, group.Committed(P0));
    }
}
