using Streams.Runtime.Groups;
using Streams.Runtime.Tests.Scripting;
using static Streams.Runtime.Tests.Scripting.GroupHarness;

namespace Streams.Runtime.Tests.Groups;

/// <summary>Pause, resume and seek through <see cref="IConsumerGroup"/>.</summary>
public sealed class ConsumerGroupCommandTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    [Fact]
    public void Pause_StopsHandingOutAndLetsWhatRunsEndAndCommit()
    {
        var group = Start().Hold().Add(P0, 3).Assign(P0);

        group.Run(group.Group.PauseAsync().AsTask());
        group.Return(0).Advance(Interval);

        Assert.Equal([0], group.Handler.Offsets);
        Assert.Equal(1, group.Committed(P0));
        Assert.True(group.Snapshot(P0).IsPaused);

        group.Run(group.Group.ResumeAsync().AsTask());
        Assert.Equal([0, 1], group.Handler.Offsets);
        Assert.False(group.Snapshot(P0).IsPaused);
    }

    [Theory]
    [InlineData(ProcessingOrder.PerPartition)]
    [InlineData(ProcessingOrder.PerKey)]
    [InlineData(ProcessingOrder.Unordered)]
    public void Pause_OfOnePartition_LeavesTheOthers(ProcessingOrder order)
    {
        var group = Start(one => one with { Order = order }).Assign(P0, P1);
        group.Run(group.Group.PauseAsync(P0).AsTask());
        group.Add(P0, 3).Add(P1, 3).Pump();

        Assert.All(group.Handler.Calls, call => Assert.Equal(P1, call.Partition));
        Assert.Equal(3, group.Handler.Calls.Count);

        group.Run(group.Group.ResumeAsync(P0).AsTask());
        Assert.Equal(6, group.Handler.Calls.Count);
    }

    [Fact]
    public void Pause_OfTheGroup_HoldsForPartitionsAssignedLater()
    {
        var group = Start().Add(P0, 2).Add(P1, 2).Assign(P0);
        group.Run(group.Group.PauseAsync().AsTask());

        group.Assign(P1);
        Assert.DoesNotContain(group.Handler.Calls, call => call.Partition == P1);

        group.Run(group.Group.ResumeAsync().AsTask());
        Assert.Equal(2, group.Handler.Calls.Count(call => call.Partition == P1));
    }

    [Fact]
    public void Resume_OfOnePartitionOfAPausedGroup_LeavesTheOthersPaused()
    {
        var group = Start().Assign(P0, P1);
        group.Run(group.Group.PauseAsync().AsTask());
        group.Run(group.Group.ResumeAsync(P1).AsTask());
        group.Add(P0, 1).Add(P1, 1).Pump();

        Assert.Equal(P1, Assert.Single(group.Handler.Calls).Partition);
        Assert.True(group.Snapshot(P0).IsPaused);
    }

    // The partition is full because of records nobody has acknowledged, and a user has paused it. Neither reason ends the other.
    [Fact]
    public void Pause_AndTheBoundInFlight_AreTwoReasons()
    {
        var group = Start(one => one with { Commit = CommitPolicy.Manual, InFlightMax = 2 }).Add(P0, 6).Assign(P0);
        Assert.Equal([0, 1], group.Handler.Offsets);
        group.Run(group.Group.PauseAsync(P0).AsTask());
        group.Call(0).Ack();
        group.Call(1).Ack();
        Assert.Equal([0, 1], group.Pump().Handler.Offsets);

        group.Run(group.Group.ResumeAsync(P0).AsTask());
        Assert.Equal([0, 1, 2, 3], group.Handler.Offsets);
        group.Run(group.Group.PauseAsync(P0).AsTask());
        group.Run(group.Group.ResumeAsync(P0).AsTask());
        Assert.Equal([0, 1, 2, 3], group.Handler.Offsets);
    }

    // While paused, the partition took all the blocks it may hold, and nobody here handles anything in them: passing them asks for more.
    [Theory]
    [InlineData(ProcessingOrder.PerPartition)]
    [InlineData(ProcessingOrder.PerKey)]
    [InlineData(ProcessingOrder.Unordered)]
    public void Resume_WithNothingToHandleInTheBlocksAtHand_GoesOnBehindThem(ProcessingOrder order)
    {
        var group = Start(one => one with { Order = order }).Assign(P0);
        group.Transport.BlockRecordsMax = 1;
        group.Run(group.Group.PauseAsync().AsTask());
        for (var record = 0; record < 3; record++)
        {
            group.Transport.Add(P0, type: "Other");
        }

        group.Add(P0, 1).Pump();
        group.Run(group.Group.ResumeAsync().AsTask());

        Assert.Equal([3], group.Handler.Offsets);
        Assert.Equal(4, group.Advance(Interval).Committed(P0));
    }

    [Fact]
    public void Pause_SurvivesARebalance()
    {
        var group = Start().Assign(P0);
        group.Run(group.Group.PauseAsync(P0).AsTask());
        group.Run(group.Member.RevokeAsync(default, P0));
        group.Add(P0, 1).Assign(P0);

        Assert.Empty(group.Handler.Calls);
    }

    [Fact]
    public void Seek_Backwards_HandlesAgainAndCommitsTheTargetAtOnce()
    {
        var group = Start().Add(P0, 5).Assign(P0).Advance(Interval);
        group.Hold();

        group.Run(group.Group.SeekAsync(P0, ReadFrom.Offset(2)).AsTask());

        Assert.Equal(2, group.Committed(P0));
        Assert.Equal(2, group.Handler.Offsets.Last());
        group.Handler.Handle = null;
        group.Return(2).Advance(Interval);
        Assert.Equal([0, 1, 2, 3, 4, 2, 3, 4], group.Handler.Offsets);
        Assert.Equal(5, group.Committed(P0));
    }

    [Fact]
    public void Seek_WithARecordInFlight_FencesItAndWaitsForItsHandler()
    {
        var group = Start().Hold().Add(P0, 10).Assign(P0);
        group.Journal.Pass(P0, 6);

        group.Run(group.Group.SeekAsync(P0, ReadFrom.Offset(6)).AsTask());
        Assert.Equal(6, group.Committed(P0));
        Assert.Equal([0], group.Handler.Offsets);

        group.Return(0).Advance(Interval);
        Assert.Equal([0, 6], group.Handler.Offsets);
        Assert.Equal(6, group.Committed(P0));
    }

    [Fact]
    public void Seek_WithAHandlerThatNeverEnds_CancelsItAndGoesOn()
    {
        var group = Start().Hold().Add(P0, 3).Assign(P0);
        group.Run(group.Group.SeekAsync(P0, ReadFrom.Earliest).AsTask());

        group.Advance(TimeSpan.FromSeconds(10));
        Assert.True(group.Call(0).Token.IsCancellationRequested);
        group.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([0, 0], group.Handler.Offsets);
    }

    // A commit of before is on the way when the seek comes; its answer must not stand for the target.
    [Fact]
    public void Seek_DuringACommit_CommitsTheTargetAfterIt()
    {
        var group = Start(one => one with { Commit = CommitPolicy.Async });
        group.Member.HoldsCommits = true;
        group.Add(P0, 4).Assign(P0);
        var sought = group.Group.SeekAsync(P0, ReadFrom.Offset(1)).AsTask();
        group.Pump();
        Assert.False(sought.IsCompleted);

        group.Member.AnswerCommits();
        group.Pump();
        Assert.False(sought.IsCompleted);
        Assert.Equal(4, group.Committed(P0));
        group.Member.AnswerCommits();
        group.Run(sought);
        Assert.Equal(1, group.Committed(P0));
    }

    [Fact]
    public void Seek_Twice_EndsAtTheLastTarget()
    {
        var group = Start();
        group.Add(P0, 5).Assign(P0);
        group.Member.HoldsCommits = true;
        var first = group.Group.SeekAsync(P0, ReadFrom.Offset(1)).AsTask();
        group.Pump();
        var second = group.Group.SeekAsync(P0, ReadFrom.Offset(3)).AsTask();
        group.Pump();
        group.Member.AnswerCommits();
        group.Pump();
        group.Member.AnswerCommits();
        group.Run(second);

        Assert.True(first.IsCompleted);
        Assert.Equal([0, 1, 2, 3, 4, 3, 4], group.Handler.Offsets);
        Assert.Equal(3, group.Committed(P0));
    }

    [Theory]
    [InlineData("earliest", 2)]
    [InlineData("latest", 9)]
    [InlineData("time", 6)]
    [InlineData("time of nothing", 9)]
    [InlineData("committed", 4)]
    public void Seek_ToAPlace_FindsItsOffset(string place, long offset)
    {
        var group = Start();
        group.Transport[P0].Start = 2;
        for (var at = 2; at < 9; at++)
        {
            group.Transport.Add(P0, offset: at);
        }

        group.Transport.CommittedOfOthers["other"] = new() { [P0] = 4 };
        group.Journal.Pass(P0, 9);
        group.Assign(P0);
        group.Run(group.Group.SeekAsync(P0, place switch
        {
            "earliest" => ReadFrom.Earliest,
            "latest" => ReadFrom.Latest,
            "time" => ReadFrom.Time(DateTimeOffset.FromUnixTimeMilliseconds(1_006)),
            "time of nothing" => ReadFrom.Time(DateTimeOffset.FromUnixTimeMilliseconds(99_000)),
            _ => ReadFrom.Committed("other"),
        }).AsTask());

        Assert.Equal(offset, group.Member.Commits[^1][P0]);
    }

    [Fact]
    public void Seek_OutsideThePartition_IsRefusedAndChangesNothing()
    {
        var group = Start().Add(P0, 3).Assign(P0);

        var sought = group.Group.SeekAsync(P0, ReadFrom.Offset(4)).AsTask();
        group.Pump();

        var error = Assert.IsType<StreamsException>(sought.Exception!.InnerException);
        Assert.Equal(StreamsErrorCode.OffsetOutOfRange, error.Code);
        Assert.Contains("holds 0 to 3", error.Message, StringComparison.Ordinal);
        Assert.Equal([0, 1, 2], group.Handler.Offsets);
        Assert.Equal(3, group.Advance(Interval).Committed(P0));
    }

    [Fact]
    public void Seek_OfAPausedPartition_StaysPaused()
    {
        var group = Start().Add(P0, 3).Assign(P0);
        group.Run(group.Group.PauseAsync(P0).AsTask());
        group.Run(group.Group.SeekAsync(P0, ReadFrom.Earliest).AsTask());
        Assert.Equal(3, group.Handler.Calls.Count);

        group.Run(group.Group.ResumeAsync(P0).AsTask());
        Assert.Equal(6, group.Handler.Calls.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Commands_OnAPartitionElsewhere_NameItsOwner(bool isOwned)
    {
        var group = Start().Assign(P0);
        if (isOwned)
        {
            group.Transport.Members[P1] = "host-b-17";
        }

        foreach (var command in new Func<ValueTask>[]
        {
            () => group.Group.PauseAsync(P1),
            () => group.Group.ResumeAsync(P1),
            () => group.Group.SeekAsync(P1, ReadFrom.Earliest),
        })
        {
            var refused = command().AsTask();
            group.Pump();
            var error = Assert.IsType<StreamsException>(refused.Exception!.InnerException);
            Assert.Equal(StreamsErrorCode.LeaseLost, error.Code);
            Assert.Contains(isOwned ? "Member 'host-b-17' has it" : "No member has it", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Seek_WhenTheLeaseIsLostBeforeTheTargetIsCommitted_Throws()
    {
        var group = Start().Add(P0, 3).Assign(P0);
        group.Member.HoldsCommits = true;
        var sought = group.Group.SeekAsync(P0, ReadFrom.Earliest).AsTask();
        group.Pump();

        group.Member.Lose(P0);
        group.Pump();

        Assert.Equal(StreamsErrorCode.LeaseLost, Assert.IsType<StreamsException>(sought.Exception!.InnerException).Code);
    }

    [Fact]
    public void Seek_ThenRevoke_LeavesTheTargetCommitted()
    {
        var group = Start().Add(P0, 5).Assign(P0).Advance(Interval);
        group.Member.HoldsCommits = true;
        var sought = group.Group.SeekAsync(P0, ReadFrom.Offset(2)).AsTask();
        group.Pump();
        var revoked = group.Member.RevokeAsync(default, P0);
        group.Pump();
        group.Member.AnswerCommits();
        group.Run(revoked);

        Assert.True(sought.IsCompletedSuccessfully);
        Assert.Equal(2, group.Committed(P0));
    }
}
