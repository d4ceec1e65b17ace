using Streams.Runtime.Groups;
using Streams.Runtime.Tests.Scripting;
using static Streams.Runtime.Tests.Scripting.GroupHarness;

namespace Streams.Runtime.Tests.Groups;

/// <summary>The policy Manual: an outcome of the handler completes a record, and a path without one leaves it uncommitted.</summary>
public sealed class ManualCommitTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(ProcessingOrder.PerPartition)]
    [InlineData(ProcessingOrder.PerKey)]
    [InlineData(ProcessingOrder.Unordered)]
    public void Manual_WhenAHandlerReturnsWithoutAnOutcome_CommitsNothing(ProcessingOrder order)
    {
        var group = Start(one => Manual(one) with { Order = order, Concurrency = 4 }).Add(P0, 3).Assign(P0).Advance(Interval * 3);

        Assert.Equal([0, 1, 2], group.Handler.Offsets);
        group.Run(group.Member.RevokeAsync(default, P0));
        Assert.Empty(group.Member.Commits);
    }

    [Fact]
    public void Manual_AfterAck_CommitsOnTheInterval()
    {
        var group = Start(Manual);
        group.Handler.Handle = (call, _) =>
        {
            call.Ack();
            return default;
        };
        group.Add(P0, 3).Assign(P0);
        Assert.Empty(group.Member.Commits);

        Assert.Equal(3, group.Advance(Interval).Committed(P0));
    }

    [Fact]
    public void Manual_OnCommitAsync_CommitsAndWaitsForTheAnswer()
    {
        var group = Start(Manual);
        group.Member.HoldsCommits = true;
        group.Handler.Handle = (call, _) => call.CommitAsync();
        group.Add(P0, 2).Assign(P0);
        Assert.Equal([0], group.Handler.Offsets);

        group.Member.AnswerCommits();
        group.Pump();
        Assert.Equal(1, group.Committed(P0));
        Assert.Equal([0, 1], group.Handler.Offsets);
    }

    [Fact]
    public void Manual_OnCommitAsync_TakesEarlierAcknowledgementsAlong()
    {
        var group = Start(Manual);
        group.Handler.Handle = (call, _) =>
        {
            if (call.Offset < 2)
            {
                call.Ack();
                return default;
            }

            return call.CommitAsync();
        };
        group.Add(P0, 3).Assign(P0);

        Assert.Equal(3, Assert.Single(group.Member.Commits)[P0]);
    }

    // Record 0 has no outcome. CommitAsync of record 1 completes record 1 and commits the watermark, which stands before 0.
    [Fact]
    public void Manual_OnCommitAsyncBehindAnOpenRecord_CommitsUpToThatRecordOnly()
    {
        var group = Start(Manual);
        group.Handler.Handle = (call, _) => call.Offset == 0 ? default : call.CommitAsync();
        group.Add(P0, 2).Assign(P0);
        Assert.Equal([0, 1], group.Handler.Offsets);
        Assert.Empty(group.Member.Commits);
        Assert.Null(group.Committed(P0));

        group.Call(0).Ack();
        Assert.Equal(2, group.Advance(Interval).Committed(P0));
    }

    [Fact]
    public void Manual_OnSkipAsync_CompletesTheRecordAndLogsTheReason()
    {
        var group = Start(Manual);
        group.Handler.Handle = (call, _) => call.SkipAsync("booked before");
        group.Add(P0, 1).Assign(P0).Advance(Interval);

        Assert.Equal(1, group.Committed(P0));
        Assert.Contains(group.Log.GetSnapshot(), line => line.Message.Contains("booked before", StringComparison.Ordinal));
    }

    [Fact]
    public void Manual_WhenAcknowledgedAfterTheHandlerReturned_Counts()
    {
        var group = Start(Manual).Add(P0, 2).Assign(P0);

        group.Call(1).Ack();
        group.Advance(Interval);
        Assert.Empty(group.Member.Commits);

        group.Call(0).Ack();
        Assert.Equal(2, group.Advance(Interval).Committed(P0));
    }

    [Fact]
    public void Manual_WhenAcknowledgedTwice_CountsOnce()
    {
        var group = Start(Manual).Add(P0, 2).Assign(P0);

        group.Call(0).Ack();
        group.Call(0).Ack();
        Assert.Equal(1, group.Advance(Interval).Committed(P0));

        group.Call(0).Ack();
        Assert.Equal(1, group.Advance(Interval).Committed(P0));
    }

    [Fact]
    public void Manual_WhenTheContextIsReadAfterTheHandlerReturned_StillHoldsItsBytes()
    {
        var group = Start(Manual).Add(P0, 1, "key-1").Add(P0, 200, "key-2").Assign(P0);

        var context = group.Call(0).Context;
        Assert.Equal("key-1"u8, context.Key.Span);
        Assert.Equal("Order", context.Headers[0].GetString());
        Assert.Equal(0, context.Offset);
    }

    [Fact]
    public void Manual_WhenTheBoundOfOpenRecordsIsReached_PausesThePartitionAloneAndSaysSo()
    {
        var group = Start(one => Manual(one) with { InFlightMax = 4 });
        group.Handler.Handle = (call, _) => call.Partition == P1 ? call.CommitAsync() : default;
        group.Add(P0, 10).Add(P1, 10).Assign(P0, P1);
        Assert.Equal([0, 1, 2, 3], group.Handler.Calls.Where(call => call.Partition == P0).Select(call => call.Offset));
        Assert.Equal(10, group.Committed(P1));
        Assert.Contains(group.Log.GetSnapshot(), line => line.Message.Contains("Under CommitPolicy.Manual", StringComparison.Ordinal));

        group.Call(0).Ack();
        group.Pump();
        Assert.Equal(4, group.Handler.Calls.Count(call => call.Partition == P0));

        group.Call(1).Ack();
        group.Pump();
        Assert.Equal([0, 1, 2, 3, 4, 5], group.Handler.Calls.Where(call => call.Partition == P0).Select(call => call.Offset));
    }

    [Fact]
    public void Manual_WhenTheHandlerThrowsAfterItsOutcome_KeepsTheRecordCompletedAndGoesOn()
    {
        var group = Start(Manual);
        group.Handler.Handle = (call, _) =>
        {
            call.Ack();
            throw new InvalidOperationException("Too late.");
        };
        group.Add(P0, 2).Assign(P0).Advance(Interval);

        Assert.Equal(2, group.Committed(P0));
        Assert.Equal(GroupStatus.Healthy, group.Group.Health.Status);
    }

    [Fact]
    public void Manual_WhenTheHandlerThrowsWithoutAnOutcome_StopsThePartition()
    {
        var group = Start(Manual);
        group.Handler.Handle = (_, _) => throw new InvalidOperationException("No.");
        group.Add(P0, 2).Assign(P0).Advance(Interval);

        Assert.Equal([0], group.Handler.Offsets);
        Assert.Equal(GroupStatus.Degraded, group.Group.Health.Status);
    }

    [Fact]
    public void Manual_WhenTheProcessDiesBetweenOutcomeAndCommit_HandlesTheRecordAgain()
    {
        var group = Start(Manual);
        group.Handler.Handle = (call, _) => call.CommitAsync();
        group.Add(P0, 2).Assign(P0);
        group.Member.HoldsCommits = true;
        group.Add(P0, 1).Pump();

        var next = group.Crash((call, _) => call.CommitAsync()).Assign(P0);

        Assert.Equal([2], next.Handler.Offsets);
        Assert.Equal(3, next.Committed(P0));
    }

    [Fact]
    public void Manual_WhenTheLeaseIsLostDuringCommitAsync_ThrowsLeaseLost()
    {
        var group = Start(Manual);
        group.Member.HoldsCommits = true;
        Task? commit = null;
        group.Handler.Handle = (call, _) =>
        {
            commit = call.CommitAsync().AsTask();
            return new(commit);
        };
        group.Add(P0, 1).Assign(P0);

        group.Member.Lose(P0);
        group.Pump();

        var error = Assert.IsType<StreamsException>(commit!.Exception!.InnerException);
        Assert.Equal(StreamsErrorCode.LeaseLost, error.Code);
        Assert.Null(group.Committed(P0));
        Assert.Equal(GroupStatus.Healthy, group.Group.Health.Status);
    }

    [Fact]
    public void Manual_WhenAcknowledgedAfterTheLeaseWasLost_DropsTheOutcome()
    {
        var group = Start(Manual).Add(P0, 2).Assign(P0);
        var stale = group.Call(0);
        group.Member.Lose(P0);
        group.Assign(P0);

        stale.Ack();
        group.Advance(Interval * 2);

        Assert.Empty(group.Member.Commits);
        Assert.Equal([0, 1, 0, 1], group.Handler.Offsets);
    }

    // The handler is told that its record is committed, or it is told that it is not. The lease ends while nobody waits for this handler
    // any more, and the final commit is under way without its record.
    [Fact]
    public void Manual_OnCommitAsyncAfterTheLeaseWasFenced_ThrowsLeaseLost()
    {
        var group = Start(one => Manual(one) with { Order = ProcessingOrder.Unordered, Concurrency = 4 }).Hold().Add(P0, 2).Assign(P0);
        group.Call(0).Ack();
        group.Member.HoldsCommits = true;
        var revoked = group.Member.RevokeAsync(default, P0);
        group.Advance(TimeSpan.FromSeconds(10)).Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, group.Member.HeldCommits);

        var late = group.Call(1).Context.CommitAsync().AsTask();
        group.Pump();
        group.Member.AnswerCommits();
        group.Run(revoked);

        Assert.True(late.IsFaulted, $"The handler was told that its record is committed: {late.Status}.");
        var error = Assert.IsType<StreamsException>(late.Exception!.InnerException);
        Assert.Equal(StreamsErrorCode.LeaseLost, error.Code);
        Assert.Equal(1, group.Committed(P0));
    }

    [Fact]
    public void Manual_WhenCommitAsyncIsGivenUp_StillCommits()
    {
        var group = Start(Manual);
        group.Member.HoldsCommits = true;
        using var impatient = new CancellationTokenSource();
        Task? commit = null;
        group.Handler.Handle = async (call, _) =>
        {
            commit = call.CommitAsync(impatient.Token).AsTask();
            await Task.WhenAny(commit);
        };
        group.Add(P0, 1).Assign(P0);

        impatient.Cancel();
        group.Pump();
        Assert.True(commit!.IsCanceled);
        group.Member.AnswerCommits();
        Assert.Equal(1, group.Pump().Committed(P0));
    }

    [Theory]
    [InlineData(CommitPolicy.Auto)]
    [InlineData(CommitPolicy.Sync)]
    [InlineData(CommitPolicy.Async)]
    public void OtherPolicies_OnAckAndCommitAsync_RefuseAndFailTheRecord(CommitPolicy policy)
    {
        foreach (var act in new Func<HandlerCall, ValueTask>[] { Ack, call => call.Context.CommitAsync() })
        {
            var group = Start(one => one with { Commit = policy });
            group.Handler.Handle = (call, _) => act(call);
            group.Add(P0, 1).Assign(P0);

            var failure = Assert.IsType<StreamsException>(Assert.Single(group.Group.Health.Stopped).Error);
            Assert.Equal(StreamsErrorCode.NotAllowed, failure.Code);
        }

        static ValueTask Ack(HandlerCall call)
        {
            call.Context.Ack();
            return default;
        }
    }

    private static GroupDefinition Manual(GroupDefinition definition) => definition with { Commit = CommitPolicy.Manual };
}
