using Microsoft.Extensions.Logging;
using Streams.Runtime.Groups;
using Streams.Runtime.Tests.Scripting;
using static Streams.Runtime.Tests.Scripting.GroupHarness;

namespace Streams.Runtime.Tests.Groups;

/// <summary>What a handler's return, exception and cancellation mean, and what stops when it fails.</summary>
public sealed class HandlerFailureTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(ProcessingOrder.PerPartition)]
    [InlineData(ProcessingOrder.PerKey)]
    [InlineData(ProcessingOrder.Unordered)]
    public void Throw_StopsThePartitionAtThatRecordAndLetsOthersGoOn(ProcessingOrder order)
    {
        var group = Start(one => one with { Order = order, Concurrency = 2 });
        group.Handler.Handle = (call, _) => call.Partition == P0 && call.Offset == 2 ? Throw() : default;
        group.Add(P0, 6).Add(P1, 6).Assign(P0, P1).Add(P0, 3).Advance(Interval);

        Assert.Equal([0, 1, 2], group.Handler.Calls.Where(call => call.Partition == P0).Select(call => call.Offset));
        Assert.Equal((2, 6), (group.Committed(P0), group.Committed(P1)));
        group.Add(P1, 1).Advance(Interval);
        Assert.Equal(7, group.Committed(P1));
        Assert.Equal(3, group.Handler.Calls.Count(call => call.Partition == P0));
    }

    [Fact]
    public void Throw_DegradesTheHealthAndSaysWhichRecordAndWhy()
    {
        var group = Start();
        group.Handler.Handle = (_, _) => Throw();
        group.Add(P0, 1).Assign(P0);

        Assert.Equal(GroupStatus.Degraded, group.Group.Health.Status);
        var stopped = Assert.Single(group.Group.Health.Stopped);
        Assert.Equal((P0, 0, "No."), (stopped.Partition, stopped.Offset, stopped.Error.Message));
        Assert.Equal("No.", group.Snapshot(P0).Failure!.Message);
    }

    [Fact]
    public void Throw_LogsWhatToDo()
    {
        var group = Start();
        group.Handler.Handle = (call, _) => call.Offset == 3 ? Throw() : default;
        group.Add(P0, 4).Assign(P0);

        var line = Assert.Single(group.Log.GetSnapshot(), line => line.Level == LogLevel.Error);
        Assert.Equal("No.", line.Exception!.Message);
        Assert.Contains("orders-0 of group billing stands still at offset 3", line.Message, StringComparison.Ordinal);
        Assert.Contains("IConsumerGroup.ResumeAsync", line.Message, StringComparison.Ordinal);
        Assert.Contains("seek to the offset behind it", line.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Throw_InsideAnAwait_CountsTheSame()
    {
        var group = Start().Hold().Add(P0, 2).Assign(P0);

        group.Call(0).Throw();
        group.Pump().Advance(Interval);

        Assert.Equal(GroupStatus.Degraded, group.Group.Health.Status);
        Assert.Empty(group.Member.Commits);
    }

    // Handlers of other keys run while one fails: what they do counts, what was not begun is not begun.
    [Fact]
    public void Throw_WithOtherHandlersRunning_LetsThemEndAndCountsWhatIsBelow()
    {
        var group = Start(one => one with { Order = ProcessingOrder.Unordered, Concurrency = 3 }).Hold().Add(P0, 5).Assign(P0);
        group.Call(1).Throw();
        group.Pump().Return(0).Return(2).Advance(Interval);

        Assert.Equal([0, 1, 2], group.Handler.Offsets);
        Assert.Equal(1, group.Committed(P0));
    }

    [Fact]
    public void Resume_AfterAFailure_BeginsAtThatRecordAndHeals()
    {
        var group = Start();
        group.Handler.Handle = (call, _) => call.Offset == 1 ? Throw() : default;
        group.Add(P0, 3).Assign(P0);
        group.Handler.Handle = null;

        group.Run(group.Group.ResumeAsync(P0).AsTask());

        Assert.Equal([0, 1, 1, 2], group.Handler.Offsets);
        Assert.Equal(GroupStatus.Healthy, group.Group.Health.Status);
        Assert.Null(group.Snapshot(P0).Failure);
        Assert.Equal(3, group.Advance(Interval).Committed(P0));
        group.AssertEveryBlockIsReturned();
    }

    [Fact]
    public void Resume_WithHandlersOfTheStoppedPartitionRunning_WaitsForThem()
    {
        var group = Start(one => one with { Order = ProcessingOrder.Unordered, Concurrency = 3 }).Hold().Add(P0, 3).Assign(P0);
        group.Call(0).Throw();
        group.Pump();
        group.Run(group.Group.ResumeAsync(P0).AsTask());
        Assert.Equal(3, group.Handler.Calls.Count);

        group.Return(1);
        Assert.Equal(3, group.Handler.Calls.Count);
        group.Return(2);
        Assert.Equal([0, 1, 2, 0, 1, 2], group.Handler.Offsets);
    }

    [Fact]
    public void Seek_BehindTheFailedRecord_PassesIt()
    {
        var group = Start();
        group.Handler.Handle = (call, _) => call.Offset == 1 ? Throw() : default;
        group.Add(P0, 3).Assign(P0);
        group.Journal.Pass(P0, 2);

        group.Run(group.Group.SeekAsync(P0, ReadFrom.Offset(2)).AsTask());

        Assert.Equal([0, 1, 2], group.Handler.Offsets);
        Assert.Equal(GroupStatus.Healthy, group.Group.Health.Status);
        Assert.Equal(3, group.Advance(Interval).Committed(P0));
    }

    // An exception of cancellation that is not about the handler's token is a failure like any other: a timeout of an HTTP client, for one.
    [Fact]
    public void Cancellation_OfSomethingElse_IsAFailure()
    {
        var group = Start();
        group.Handler.Handle = (_, _) => throw new TaskCanceledException("The request took too long.");
        group.Add(P0, 1).Assign(P0);

        Assert.Equal(GroupStatus.Degraded, group.Group.Health.Status);
    }

    [Fact]
    public void Cancellation_OfTheHandlersToken_LeavesTheRecordIncompleteAndIsNoFailure()
    {
        var group = Start().Hold().Add(P0, 1).Assign(P0);
        group.Member.Lose(P0);
        group.Pump();
        group.Call(0).Cancel();
        group.Hold().Assign(P0);

        Assert.Equal(GroupStatus.Healthy, group.Group.Health.Status);
        Assert.Equal([0, 0], group.Handler.Offsets);
    }

    [Fact]
    public void Return_OfAnUnknownType_StopsThePartitionAndNamesTheType()
    {
        var group = Start();
        group.Transport.Add(P0, type: "Strange");
        group.Assign(P0);

        var stopped = Assert.Single(group.Group.Health.Stopped);
        Assert.Equal(StreamsErrorCode.UnknownMessageType, Assert.IsType<StreamsException>(stopped.Error).Code);
        Assert.Contains("'Strange'", stopped.Error.Message, StringComparison.Ordinal);
        Assert.Empty(group.Handler.Calls);
    }

    [Fact]
    public void Record_OfATypeNobodyHereHandles_Passes()
    {
        var group = Start();
        group.Add(P0, 1);
        group.Transport.Add(P0, type: "Other");
        group.Add(P0, 1).Assign(P0).Advance(Interval);

        Assert.Equal([0, 2], group.Handler.Offsets);
        Assert.Equal(3, group.Committed(P0));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Tombstone_GoesOnlyToMethodsThatTakeIt(bool takesTombstones)
    {
        var group = Start();
        group.Handler.TakesTombstones = takesTombstones;
        group.Transport.AddTombstone(P0, "a", takesTombstones);
        group.Add(P0, 1).Assign(P0).Advance(Interval);

        Assert.Equal(takesTombstones ? [0, 1] : [1], group.Handler.Offsets);
        Assert.Equal(2, group.Committed(P0));
    }

    [Fact]
    public void Skip_UnderAnyPolicy_CompletesTheRecordWithItsReason()
    {
        var group = Start();
        group.Handler.Handle = (call, _) => call.SkipAsync("a duplicate");
        group.Add(P0, 1).Assign(P0).Advance(Interval);

        Assert.Equal(1, group.Committed(P0));
        Assert.Contains(group.Log.GetSnapshot(), line => line.Message.Contains("a duplicate", StringComparison.Ordinal));
    }

    [Fact]
    public void Context_UsedAfterTheRecordIsDone_Throws()
    {
        var group = Start().Add(P0, 1).Assign(P0);

        var error = Assert.Throws<StreamsException>(() => group.Call(0).Context.Offset);
        Assert.Equal(StreamsErrorCode.ContextExpired, error.Code);
        Assert.Throws<StreamsException>(() => group.Call(0).Context.Key);
    }

    [Fact]
    public void Context_DuringTheCall_TellsTheRecord()
    {
        var group = Start().Hold().Add(P0, 1, "k").Assign(P0);

        var context = group.Call(0).Context;
        Assert.Equal(("orders", 0, 0L, "billing", 1), (context.Topic, context.Partition, context.Offset, context.GroupId, context.Attempt));
        Assert.Equal("k"u8, context.Key.Span);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_000), context.Timestamp);
        Assert.Equal("Order", context.Headers[0].GetString());
    }

    private static ValueTask Throw() => throw new InvalidOperationException("No.");
}
