using Streams.Runtime.Groups;
using Streams.Runtime.Tests.Scripting;
using static Streams.Runtime.Tests.Scripting.GroupHarness;

namespace Streams.Runtime.Tests.Groups;

/// <summary>How partitions are given up: drain, cancel, fence, commit, callbacks, answer; and how they are lost.</summary>
public sealed class RevocationTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    [Fact]
    public void Revocation_WaitsForHandlersAndHandsOutNothingNew()
    {
        var group = Start().Hold().Add(P0, 3).Assign(P0);

        var revoked = group.Member.RevokeAsync(default, P0);
        group.Pump();
        Assert.False(revoked.IsCompleted);

        group.Return(0);
        group.Run(revoked);
        Assert.Equal([0], group.Handler.Offsets);
        Assert.Equal(1, group.Committed(P0));
    }

    [Fact]
    public void Revocation_WhenTheDrainIsOver_CancelsTheHandlersTokenAndNotBefore()
    {
        var group = Start().Hold().Add(P0, 1).Assign(P0);
        var revoked = group.Member.RevokeAsync(default, P0);

        group.Advance(Drain - TimeSpan.FromMilliseconds(1));
        Assert.False(group.Call(0).Token.IsCancellationRequested);

        group.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(group.Call(0).Token.IsCancellationRequested);
        Assert.False(revoked.IsCompleted);

        group.Call(0).Cancel();
        group.Run(revoked);
        Assert.Empty(group.Member.Commits);
    }

    // The drain is bounded by half the rebalance timeout, or the others would wait longer than they may.
    [Fact]
    public void Revocation_WithAShortRebalanceTimeout_DrainsForHalfOfIt()
    {
        var group = Start(one => one with { RebalanceTimeout = TimeSpan.FromSeconds(6) }).Hold().Add(P0, 1).Assign(P0);
        _ = group.Member.RevokeAsync(default, P0);

        group.Advance(TimeSpan.FromSeconds(3));

        Assert.True(group.Call(0).Token.IsCancellationRequested);
    }

    [Fact]
    public void Revocation_WhenAHandlerReturnsThoughItWasCancelled_CountsItAsDone()
    {
        var group = Start().Hold().Add(P0, 1).Assign(P0);
        var revoked = group.Member.RevokeAsync(default, P0);
        group.Advance(Drain).Return(0);
        group.Run(revoked);

        Assert.Equal(1, group.Committed(P0));
    }

    [Fact]
    public void Revocation_WhenAHandlerEndsAfterTheGrace_GoesWithoutIt()
    {
        var group = Start(one => one with { Order = ProcessingOrder.Unordered, Concurrency = 4 }).Hold().Add(P0, 2).Assign(P0).Return(0);
        var revoked = group.Member.RevokeAsync(default, P0);
        group.Advance(Drain).Advance(Grace);
        group.Run(revoked);
        Assert.Equal(1, group.Committed(P0));

        group.Return(1).Advance(Interval * 2);
        Assert.Equal(1, group.Committed(P0));
        Assert.Contains(group.Log.GetSnapshot(), line => line.Message.Contains("after they were cancelled", StringComparison.Ordinal));
        group.AssertEveryBlockIsReturned();
    }

    [Fact]
    public void Revocation_TellsHandlersAfterTheFinalCommitAndBeforeThePartitionIsGivenUp()
    {
        var group = Start().Add(P0, 2).Assign(P0);
        var events = group.Handler.Events;
        events.Clear();

        var revoked = group.Member.RevokeAsync(default, P0);
        var isTooLate = false;
        group.Handler.OnEvent = _ => isTooLate |= revoked.IsCompleted;
        group.Run(revoked);

        Assert.False(isTooLate);
        Assert.Equal(["committed 2", "revoked orders-0"], events);
    }

    [Fact]
    public void Revocation_WhenTheFinalCommitIsNotAnswered_GoesOnWithoutIt()
    {
        var group = Start().Add(P0, 2).Assign(P0);
        group.Member.HoldsCommits = true;
        var revoked = group.Member.RevokeAsync(default, P0);

        group.Advance(TimeSpan.FromSeconds(5));

        group.Run(revoked);
        Assert.Null(group.Committed(P0));
        Assert.Contains(group.Log.GetSnapshot(), line => line.Message.Contains("The final commit", StringComparison.Ordinal));
    }

    [Fact]
    public void Revocation_WhenTheRebalanceWaitsNoLonger_TreatsTheLeaseAsLost()
    {
        var group = Start().Hold().Add(P0, 2).Assign(P0);
        using var patience = new CancellationTokenSource();
        var revoked = group.Member.RevokeAsync(patience.Token, P0);
        group.Pump();

        patience.Cancel();
        group.Run(revoked);

        Assert.True(group.Call(0).Token.IsCancellationRequested);
        Assert.Contains("lost orders-0", group.Handler.Events);
        group.Return(0).Advance(Interval * 2);
        Assert.Empty(group.Member.Commits);
        Assert.DoesNotContain("revoked orders-0", group.Handler.Events);
    }

    // Two partitions leave together. One is lost on the way, and with it the only handler that still ran: the other must not wait on.
    [Fact]
    public void Revocation_WhenThePartitionWithTheLastHandlerIsLost_GoesOnAtOnce()
    {
        var group = Start();
        group.Handler.Handle = (call, results) => call.Partition == P0 ? ScriptedDispatcher.Hold(call, results) : default;
        group.Add(P0, 1).Add(P1, 2).Assign(P0, P1);
        group.Run(group.Group.SeekAsync(P0, ReadFrom.Earliest).AsTask());
        var revoked = group.Member.RevokeAsync(default, P0, P1);
        group.Pump();
        Assert.False(revoked.IsCompleted);

        group.Member.Lose(P0);
        group.Pump();

        Assert.Equal(2, group.Committed(P1));
        Assert.True(revoked.IsFaulted || revoked.IsCompleted);
    }

    [Fact]
    public void Revocation_BeforeTheStartIsKnown_TellsNobodyOfAPartitionNobodyWasToldOf()
    {
        var group = Start();
        group.Transport.LookupFailures.Enqueue(new("Loading.") { Code = StreamsErrorCode.CoordinatorLoadInProgress });
        group.Assign(P0);

        group.Run(group.Member.RevokeAsync(default, P0));
        group.Advance(Interval);

        Assert.Empty(group.Handler.Events);
        Assert.Empty(group.Member.Commits);
    }

    [Fact]
    public void Loss_CancelsHandlersAndCommitsNothing()
    {
        var group = Start().Hold().Add(P0, 2).Assign(P0);

        group.Member.Lose(P0);
        group.Pump();

        Assert.True(group.Call(0).Token.IsCancellationRequested);
        Assert.Contains("lost orders-0", group.Handler.Events);
        group.Return(0).Advance(Interval * 2);
        Assert.Empty(group.Member.Commits);
        group.AssertEveryBlockIsReturned();
    }

    // The member was thrown out and is back at once. For a moment the handlers of before still run; the records they hold come again, and
    // this process must not handle them twice at the same time.
    [Theory]
    [InlineData(ProcessingOrder.PerPartition)]
    [InlineData(ProcessingOrder.PerKey)]
    [InlineData(ProcessingOrder.Unordered)]
    public void Loss_WhenThePartitionComesBackAtOnce_WaitsForTheHandlersOfBefore(ProcessingOrder order)
    {
        var group = Start(one => one with { Order = order, Concurrency = 4 }).Hold().Add(P0, 1).Assign(P0);
        group.Member.Lose(P0);
        group.Assign(P0);
        Assert.Single(group.Handler.Calls);

        group.Call(0).Cancel();
        group.Pump();
        Assert.Equal([0, 0], group.Handler.Offsets);
    }

    [Fact]
    public void Loss_WhenThePartitionComesBackAndAHandlerNeverEnds_GoesOnAfterTheGrace()
    {
        var group = Start().Hold().Add(P0, 1).Assign(P0);
        group.Member.Lose(P0);
        group.Assign(P0).Advance(Grace - TimeSpan.FromMilliseconds(1));
        Assert.Single(group.Handler.Calls);

        group.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([0, 0], group.Handler.Offsets);
        Assert.Contains(group.Log.GetSnapshot(), line => line.Message.Contains("after they were cancelled", StringComparison.Ordinal));
    }

    [Fact]
    public void Loss_OfOnePartition_LeavesTheOthers()
    {
        var group = Start().Hold().Add(P0, 1).Add(P1, 1).Assign(P0, P1);

        group.Member.Lose(P0);
        group.Pump();

        Assert.False(group.Call(0, P1).Token.IsCancellationRequested);
        Assert.Equal(1, group.Return(0, P1).Advance(Interval).Committed(P1));
    }

    [Fact]
    public void Assignment_OfAPartitionThatIsStillHeld_EndsTheOldLease()
    {
        var group = Start().Add(P0, 2).Assign(P0);

        group.Assign(P0);

        Assert.Equal([0, 1, 0, 1], group.Handler.Offsets);
        Assert.Equal(2, group.Advance(Interval).Committed(P0));
    }
}
