using Streams.Runtime.Groups;
using Streams.Runtime.Tests.Scripting;
using static Streams.Runtime.Tests.Scripting.GroupHarness;

namespace Streams.Runtime.Tests.Groups;

/// <summary>The end of a group in this process: drain, flush, commit, leave.</summary>
public sealed class StopTests
{
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(20);

    [Fact]
    public void Stop_WaitsForHandlersInsideTheBudgetThenCommitsThenLeaves()
    {
        var group = Start(one => one with { Order = ProcessingOrder.Unordered, Concurrency = 2 }).Hold().Add(P0, 5).Assign(P0);
        group.Member.HoldsCommits = true;

        var stopped = group.Group.StopAsync(Drain, default);
        group.Advance(Drain - TimeSpan.FromSeconds(1)).Return(0).Return(1);
        Assert.False(group.Member.HasLeft);
        Assert.Equal(1, group.Member.HeldCommits);

        group.Member.AnswerCommits();
        group.Run(stopped);
        Assert.True(group.Member.HasLeft);
        Assert.Equal([0, 1], group.Handler.Offsets);
        Assert.Equal(2, group.Committed(P0));
        group.AssertEveryBlockIsReturned();
    }

    [Fact]
    public void Stop_FlushesProducersBeforeTheFinalCommit()
    {
        var group = Start().Add(P0, 1).Assign(P0);
        var flushes = -1;
        group.Member.BeforeCommit = () => flushes = group.Producers.Flushes;

        group.Run(group.Group.StopAsync(Drain, default));

        Assert.Equal(1, flushes);
        Assert.Equal(1, group.Committed(P0));
    }

    [Fact]
    public void Stop_WithHandlersThatHearTheirToken_LeavesTheirRecordsIncomplete()
    {
        var group = Start().Hold().Add(P0, 2).Assign(P0);
        var stopped = group.Group.StopAsync(Drain, default);
        group.Advance(Drain);
        group.Call(0).Cancel();
        group.Run(stopped);

        Assert.Empty(group.Member.Commits);
        Assert.Equal([0, 1], group.Crash().Assign(P0).Handler.Offsets);
    }

    [Fact]
    public void Stop_WhenItsTokenIsCancelled_CancelsHandlersAtOnceAndStillCommits()
    {
        var group = Start(one => one with { Order = ProcessingOrder.Unordered, Concurrency = 2 }).Hold().Add(P0, 2).Assign(P0).Return(0);
        using var hurry = new CancellationTokenSource();
        var stopped = group.Group.StopAsync(Drain, hurry.Token);
        group.Pump();
        Assert.False(group.Call(1).Token.IsCancellationRequested);

        hurry.Cancel();
        group.Pump();
        Assert.True(group.Call(1).Token.IsCancellationRequested);
        group.Call(1).Cancel();
        group.Run(stopped);
        Assert.Equal(1, group.Committed(P0));
    }

    [Fact]
    public void Stop_TellsHandlersAfterTheFinalCommit()
    {
        var group = Start().Add(P0, 2).Assign(P0);
        group.Handler.Events.Clear();

        group.Run(group.Group.StopAsync(Drain, default));

        Assert.Equal(["committed 2", "revoked orders-0"], group.Handler.Events);
    }

    [Fact]
    public void Stop_Twice_WaitsForTheSameEnd()
    {
        var group = Start().Hold().Add(P0, 1).Assign(P0);
        var first = group.Group.StopAsync(Drain, default);
        var second = group.Group.StopAsync(Drain, default);
        group.Pump();
        Assert.False(second.IsCompleted);

        group.Return(0);
        group.Run(first);
        group.Run(second);
        group.Run(group.Group.StopAsync(Drain, default));
        Assert.Single(group.Member.Commits);
    }

    [Fact]
    public void Stop_DuringARevocation_WaitsForIt()
    {
        var group = Start().Hold().Add(P0, 1).Add(P1, 1).Assign(P0, P1);
        var revoked = group.Member.RevokeAsync(default, P0);
        group.Pump();
        var stopped = group.Group.StopAsync(Drain, default);
        group.Return(0, P1);
        Assert.False(stopped.IsCompleted);

        group.Return(0, P0);
        group.Run(stopped);
        Assert.True(revoked.IsCompleted);
        Assert.Equal((1, 1), (group.Committed(P0), group.Committed(P1)));
    }

    [Fact]
    public void Revocation_DuringAStop_IsAnsweredWithIt()
    {
        var group = Start().Hold().Add(P0, 1).Assign(P0);
        var stopped = group.Group.StopAsync(Drain, default);
        group.Pump();
        var revoked = group.Member.RevokeAsync(default, P0);
        group.Return(0);

        group.Run(revoked);
        group.Run(stopped);
        Assert.Equal(1, group.Committed(P0));
        Assert.Single(group.Handler.Events, what => what == "revoked orders-0");
    }

    [Fact]
    public void Assignment_DuringAStop_IsIgnored()
    {
        var group = Start().Hold().Add(P0, 1).Add(P1, 1).Assign(P0);
        var stopped = group.Group.StopAsync(Drain, default);
        group.Assign(P1);
        group.Return(0);
        group.Run(stopped);

        Assert.Equal([P0], group.Handler.Calls.Select(call => call.Partition));
    }

    [Fact]
    public void Stop_WithALookupUnderWay_Ends()
    {
        var group = Start();
        for (var failure = 0; failure < 10; failure++)
        {
            group.Transport.LookupFailures.Enqueue(new("Loading.") { Code = StreamsErrorCode.CoordinatorLoadInProgress });
        }

        group.Assign(P0);

        group.Run(group.Group.StopAsync(Drain, default));
        Assert.True(group.Member.HasLeft);
    }

    [Fact]
    public void Stop_WithoutAStart_Returns()
    {
        var group = Make();

        group.Run(group.Group.StopAsync(Drain, default));
    }

    [Fact]
    public void Stop_WhileHandlersOfALostLeaseStillRun_WaitsForThemTheGrace()
    {
        var group = Start().Hold().Add(P0, 1).Assign(P0);
        group.Member.Lose(P0);
        var stopped = group.Group.StopAsync(Drain, default);
        group.Pump();
        Assert.False(stopped.IsCompleted);

        group.Advance(TimeSpan.FromSeconds(1));
        group.Run(stopped);
    }

    [Fact]
    public void Dispose_OfARunningGroup_LeavesWithoutWaitingForHandlers()
    {
        var group = Start(one => one with { Order = ProcessingOrder.Unordered, Concurrency = 2 }).Hold().Add(P0, 2).Assign(P0).Return(0);

        var disposed = group.Group.DisposeAsync().AsTask();
        group.Advance(TimeSpan.FromSeconds(1));

        group.Run(disposed);
        Assert.Equal(1, group.Committed(P0));
        Assert.True(group.Member.HasLeft);
    }

    [Fact]
    public void Stop_WhenTheCoordinatorIsGone_EndsAllTheSame()
    {
        var group = Start().Add(P0, 1).Assign(P0);
        group.Member.HoldsCommits = true;
        group.Member.NeverLeaves = true;

        var stopped = group.Group.StopAsync(Drain, default);
        group.Advance(TimeSpan.FromSeconds(5)).Advance(TimeSpan.FromSeconds(5));

        group.Run(stopped);
        Assert.Contains(group.Log.GetSnapshot(), line => line.Message.Contains("could not leave in order", StringComparison.Ordinal));
    }

    [Fact]
    public void Commands_AfterTheStop_SayThatTheGroupIsClosed()
    {
        var group = Start().Assign(P0);
        group.Run(group.Group.StopAsync(Drain, default));

        var paused = group.Group.PauseAsync().AsTask();
        group.Pump();

        Assert.Equal(StreamsErrorCode.Closed, Assert.IsType<StreamsException>(paused.Exception!.InnerException).Code);
    }
}
