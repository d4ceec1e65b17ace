using Streams.Runtime.Groups;
using Streams.Runtime.Tests.Scripting;
using static Streams.Runtime.Tests.Scripting.GroupHarness;

namespace Streams.Runtime.Tests.Groups;

/// <summary>Mistakes that consumers of others made, each with the behaviour that protects from it here.</summary>
public sealed class ConformanceTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // Offsets with gaps, as compaction and transactions leave them: the watermark passes them, and nothing waits for what never comes.
    [Fact]
    public void Completions_OutOfOrderOverGaps_MoveTheWatermarkToTheEnd()
    {
        var group = Start(Unordered).Hold();
        foreach (var offset in new[] { 0, 2, 4, 6 })
        {
            group.Transport.Add(P0, offset: offset);
        }

        group.Assign(P0).Return(0).Return(2).Return(6).Return(4).Advance(Interval);

        Assert.Equal(7, group.Committed(P0));
        Assert.Equal(7, group.Add(P0, 1).Pump().Call(7).Offset);
    }

    [Theory]
    [InlineData(CommitPolicy.Manual)]
    [InlineData(CommitPolicy.Auto)]
    public void Completions_BehindAGap_NeverSwallowAnOpenRecord(CommitPolicy policy)
    {
        var group = Start(one => Unordered(one) with { Commit = policy }).Hold();
        foreach (var offset in new[] { 0, 5, 9, 30 })
        {
            group.Transport.Add(P0, offset: offset);
        }

        group.Assign(P0);
        foreach (var offset in new[] { 0, 9, 30 })
        {
            End(group, offset);
        }

        Assert.Equal(5, group.Advance(Interval).Committed(P0));
        End(group, 5);
        Assert.Equal(31, group.Advance(Interval).Committed(P0));
    }

    // Behind the last record lie offsets that are never delivered: control records of a transaction, or compacted ones.
    [Fact]
    public void Watermark_WhenTheLogEndsInAGap_ReachesTheEnd()
    {
        var group = Start().Add(P0, 3);
        group.Transport[P0].End = 8;
        group.Assign(P0).Advance(Interval);

        Assert.Equal(8, group.Committed(P0));
        Assert.Equal(0, group.Snapshot(P0).Lag);
    }

    [Fact]
    public void Watermark_WhenNothingButAGapIsLeft_ReachesTheEnd()
    {
        var group = Start().Add(P0, 1).Assign(P0).Advance(Interval);
        group.Transport[P0].End = 5;
        group.Member.Wake(P0);

        Assert.Equal(5, group.Pump().Advance(Interval).Committed(P0));
    }

    // A revocation comes when records were fetched and none was handed out: they must not be passed.
    [Theory]
    [MemberData(nameof(Policies))]
    public void Revocation_BetweenFetchAndHandler_PassesNothing(CommitPolicy policy)
    {
        var group = Start(one => one with { Commit = policy }).Assign(P0);
        group.Run(group.Group.PauseAsync().AsTask());
        group.Add(P0, 3).Pump();

        group.Run(group.Member.RevokeAsync(default, P0));

        Assert.Empty(group.Member.Commits);
        Assert.Empty(group.Handler.Calls);
        group.Run(group.Group.ResumeAsync().AsTask());
        Assert.Equal([0, 1, 2], group.Assign(P0).Handler.Offsets);
    }

    // The partition leaves and comes back while a handler of the lease before still runs; what that one ends with says nothing about now.
    [Fact]
    public void Completion_OfALeaseBefore_DoesNotCompleteTheFreshRecord()
    {
        var group = Start(Unordered).Hold().Add(P0, 1).Assign(P0);
        var before = group.Call(0);
        group.Member.Lose(P0);
        group.Assign(P0).Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, group.Handler.Calls.Count);

        before.Return();
        group.Advance(Interval * 2);
        Assert.Empty(group.Member.Commits);

        group.Return(0).Advance(Interval);
        Assert.Equal(1, group.Committed(P0));
    }

    // A batch may begin below the offset asked for, and a transport may deliver again after a change of owner.
    [Theory]
    [InlineData(ProcessingOrder.PerPartition)]
    [InlineData(ProcessingOrder.PerKey)]
    [InlineData(ProcessingOrder.Unordered)]
    public void Delivery_OfRecordsTrackedBefore_IsDropped(ProcessingOrder order)
    {
        var group = Start(one => one with { Order = order, Concurrency = 4 }).Add(P0, 3).Assign(P0);
        Assert.Equal(3, group.Member.RequestOf(P0));
        var records = Enumerable.Range(1, 4).Select(offset => new ScriptedRecord(offset, null, [1], Typed()));
        group.Transport.Add(P0);
        group.Transport.Add(P0);
        group.Member.CancelRequest(group.Member.Leases[P0]);
        group.Member.Deliver(P0, 3, new ScriptedBlock(records, 5));

        Assert.Equal([0, 1, 2, 3, 4], group.Pump().Handler.Offsets);
        Assert.Equal(5, group.Advance(Interval).Committed(P0));
    }

    [Fact]
    public void Completion_OfARevokedPartition_DoesNotTripTheHealth()
    {
        var group = Start(Unordered).Hold().Add(P0, 2).Assign(P0);
        var revoked = group.Member.RevokeAsync(default, P0);
        group.Advance(TimeSpan.FromSeconds(10)).Advance(TimeSpan.FromSeconds(1));
        group.Run(revoked);

        group.Call(0).Return();
        group.Call(1).Throw();
        group.Advance(Interval * 10);

        Assert.Equal(GroupStatus.Healthy, group.Group.Health.Status);
        Assert.Empty(group.Group.Health.Stopped);
        Assert.Empty(group.Member.Commits);
    }

    [Fact]
    public void Commit_ThatFailsOnce_IsMadeUpForWithTheSameValue()
    {
        var group = Start().Add(P0, 3).Assign(P0);
        group.Member.Refuse(StreamsErrorCode.CoordinatorNotAvailable);

        group.Advance(Interval).Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([3, 3], group.Member.Commits.Select(commit => commit[P0]));
        Assert.Equal(3, group.Committed(P0));
    }

    // Records arrive in the very moment of the revocation: what is not tracked must not be handed out either.
    [Fact]
    public void Revocation_UnderLoad_HandsOutNothingAfterwards()
    {
        var group = Start().Hold().Add(P0, 5).Assign(P0);
        var revoked = group.Member.RevokeAsync(default, P0);
        group.Pump();
        group.Member.Deliver(P0, 5, new ScriptedBlock([new ScriptedRecord(5, null, [1], Typed())], 6));
        group.Return(0);
        group.Run(revoked);

        Assert.Equal([0], group.Handler.Offsets);
        Assert.Equal(1, group.Committed(P0));
        group.AssertEveryBlockIsReturned();
    }

    // A partition leaves, and with it goes a handler that takes its time: the partitions that stay go on and commit meanwhile.
    [Fact]
    public void Revocation_OfOnePartition_LeavesTheOthersRunningAndCommitting()
    {
        var group = Start();
        group.Handler.Handle = (call, results) => call.Partition == P0 ? ScriptedDispatcher.Hold(call, results) : default;
        group.Add(P0, 2).Add(P1, 2).Assign(P0, P1);
        var revoked = group.Member.RevokeAsync(default, P0);
        group.Pump();

        group.Add(P1, 3).Advance(Interval);
        Assert.Equal(5, group.Committed(P1));
        Assert.False(revoked.IsCompleted);

        group.Return(0);
        group.Run(revoked);
        Assert.Equal(1, group.Committed(P0));
        Assert.Equal(6, group.Add(P1, 1).Advance(Interval).Committed(P1));
    }

    // A handler that never ends and hears no token keeps nobody from stopping.
    [Fact]
    public void Stop_WithAHandlerThatNeverEnds_ReturnsAfterDrainAndGrace()
    {
        var group = Start().Hold().Add(P0, 2).Assign(P0);

        var stopped = group.Group.StopAsync(TimeSpan.FromSeconds(20), default);
        group.Advance(TimeSpan.FromSeconds(20));
        Assert.False(stopped.IsCompleted);
        Assert.True(group.Call(0).Token.IsCancellationRequested);

        group.Advance(TimeSpan.FromSeconds(1));
        group.Run(stopped);
        Assert.True(group.Member.HasLeft);
        Assert.Empty(group.Member.Commits);
        Assert.Contains(group.Log.GetSnapshot(), line => line.Message.Contains("still run on orders-0", StringComparison.Ordinal));
    }

    [Fact]
    public void Pause_ForLong_KeepsTheMemberInTheGroup()
    {
        var group = Start().Assign(P0);
        group.Run(group.Group.PauseAsync().AsTask());

        group.Add(P0, 1000).Advance(TimeSpan.FromHours(1));
        Assert.False(group.Member.HasLeft);
        Assert.NotEmpty(group.Member.Leases);

        group.Run(group.Group.ResumeAsync().AsTask());
        Assert.Equal(1000, group.Handler.Calls.Count);
    }

    // Three records were fetched together, the second one fails, and the host stops: it and what is behind it stay uncommitted.
    [Theory]
    [MemberData(nameof(Policies))]
    public void Stop_AfterAFailure_CommitsNothingFromThatRecordOn(CommitPolicy policy)
    {
        var group = Start(one => one with { Commit = policy });
        group.Handler.Handle = (call, _) => call.Offset == 1 ? throw new InvalidOperationException("No.") : Done(group, call);
        group.Add(P0, 3).Assign(P0);

        group.Run(group.Group.StopAsync(TimeSpan.FromSeconds(20), default));

        Assert.Equal(1, group.Committed(P0));
        Assert.Equal([0, 1], group.Handler.Offsets);
        var next = group.Crash();
        next.Handler.Handle = (call, _) => Done(next, call);
        Assert.Equal([1, 2], next.Assign(P0).Handler.Offsets);
    }

    [Fact]
    public void Failure_InOnePartition_KeepsTheRecordsOfAnother()
    {
        var group = Start();
        group.Handler.Handle = (call, _) => call.Partition == P0 ? throw new InvalidOperationException("No.") : default;
        group.Add(P0, 3).Add(P1, 3).Assign(P0, P1).Advance(Interval);

        Assert.Equal([0, 1, 2], group.Handler.Calls.Where(call => call.Partition == P1).Select(call => call.Offset));
        Assert.Equal((null, 3L), (group.Committed(P0), group.Committed(P1)));
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Group_ThatHasHandledEverything_EndsAtTheEndOfTheLogEverywhere(CommitPolicy policy)
    {
        var group = Start(one => one with { Commit = policy, CommitEvery = 4 });
        group.Handler.Handle = (call, _) => Done(group, call);
        group.Add(P0, 7).Add(P1, 9).Assign(P0, P1).Advance(Interval).Advance(Interval).Advance(Interval);

        var snapshot = group.Run(group.Group.SnapshotAsync().AsTask());
        Assert.All(snapshot.Partitions, partition => Assert.Equal((partition.End, 0L), (partition.Committed!.Value, partition.Lag)));
        Assert.Equal((7, 9), (group.Committed(P0), group.Committed(P1)));
    }

    [Fact]
    public void Failure_ThenSuccessOfALaterRecord_LosesTheFirstNeither()
    {
        var group = Start(Unordered).Hold().Add(P0, 3).Assign(P0);
        group.Call(0).Throw();
        group.Pump().Return(1).Return(2).Advance(Interval * 3);
        Assert.Null(group.Committed(P0));

        group.Run(group.Member.RevokeAsync(default, P0));
        Assert.Null(group.Committed(P0));
        Assert.Equal([0, 1, 2], group.Crash().Assign(P0).Handler.Offsets);
    }

    // A dispatcher that is stopping takes no work: what it did not take is not done.
    [Theory]
    [MemberData(nameof(Policies))]
    public void Stop_WithRecordsThatWaitForTheirTurn_DoesNotCommitThem(CommitPolicy policy)
    {
        var group = Start(one => Unordered(one) with { Concurrency = 1, Commit = policy }).Hold().Add(P0, 4).Assign(P0);
        var stopped = group.Group.StopAsync(TimeSpan.FromSeconds(20), default);
        group.Pump();
        End(group, 0);
        group.Run(stopped);

        Assert.Equal([0], group.Handler.Offsets);
        Assert.Equal(1, group.Committed(P0));
    }

    // What a handler returns cannot be produced: the record is not done, whatever became of the handler.
    [Fact]
    public void ReturnedMessage_ThatCannotBeProduced_LeavesTheOffset()
    {
        var group = Start();
        group.Handler.Handle = (_, results) => results.ProduceAsync(new Connection.Order("a", "b"), default);
        group.Add(P0, 2).Assign(P0).Advance(Interval);
        Assert.Empty(group.Member.Commits);

        var produced = Assert.Single(group.Producers.Of<Connection.Order>().Produced);
        produced.Ack.SetException(new StreamsException("No.") { Code = StreamsErrorCode.StorageFailed });
        group.Pump().Advance(Interval);

        Assert.Empty(group.Member.Commits);
        Assert.Equal(0, Assert.Single(group.Group.Health.Stopped).Offset);
    }

    [Fact]
    public void ReturnedMessage_BeforeItIsAcknowledged_HoldsTheOffset()
    {
        var group = Start();
        group.Handler.Handle = (_, results) => results.ProduceAsync(new Connection.Order("a", "b"), default);
        group.Add(P0, 1).Assign(P0).Advance(Interval * 2);
        Assert.Empty(group.Member.Commits);

        group.Journal.Complete(P0, 0);
        group.Producers.Of<Connection.Order>().Produced[0].Ack.SetResult(new("orders", 0, 0, default));
        Assert.Equal(1, group.Advance(Interval).Committed(P0));
    }

    // The partition has stopped at a record and moves: whoever gets it begins at that record, not behind it.
    [Theory]
    [MemberData(nameof(Policies))]
    public void Revocation_OfAStoppedPartition_GivesTheNextOwnerThatRecord(CommitPolicy policy)
    {
        var group = Start(one => one with { Commit = policy });
        group.Handler.Handle = (call, _) => call.Offset == 2 ? throw new InvalidOperationException("No.") : Done(group, call);
        group.Add(P0, 4).Assign(P0);

        group.Run(group.Member.RevokeAsync(default, P0));

        Assert.Equal(2, group.Committed(P0));
        Assert.Equal(GroupStatus.Healthy, group.Group.Health.Status);
        group.Handler.Handle = (call, _) => Done(group, call);
        Assert.Equal([0, 1, 2, 2, 3], group.Assign(P0).Handler.Offsets);
    }

    // The group begins at the end, and before its first commit the partition moves: what came in between is not passed.
    [Fact]
    public void Latest_WhenThePartitionMovesBeforeTheFirstCommit_KeepsWhatCameInBetween()
    {
        var group = Start(one => one with { StartFrom = StartFrom.Latest }).Hold().Add(P0, 5);
        group.Journal.Pass(P0, 5);
        group.Assign(P0);
        Assert.Equal(5, group.Committed(P0));

        group.Add(P0, 2).Pump();
        Assert.Equal([5, 6], group.Crash().Assign(P0).Handler.Offsets);
    }

    // Handlers end within the budget of the revocation: fencing before draining would throw away what they have done.
    [Theory]
    [MemberData(nameof(Policies))]
    public void Revocation_WithHandlersThatEndInTime_KeepsTheirOffsets(CommitPolicy policy)
    {
        var group = Start(one => Unordered(one) with { Commit = policy }).Hold().Add(P0, 3).Assign(P0);
        var revoked = group.Member.RevokeAsync(default, P0);
        group.Advance(TimeSpan.FromSeconds(9));
        End(group, 2);
        End(group, 0);
        End(group, 1);
        group.Run(revoked);

        Assert.Equal(3, group.Committed(P0));
        Assert.False(group.Call(0).Token.IsCancellationRequested);
    }

    [Fact]
    public async Task Completions_FromManyThreads_AreAllCountedOnce()
    {
        for (var round = 0; round < 20; round++)
        {
            var group = Start(one => Unordered(one) with { Concurrency = 64 }).Hold().Add(P0, 64).Assign(P0);
            using var together = new Barrier(8);
            var ending = group.Handler.Calls.ToArray().Chunk(8).Select(some => Task.Run(() =>
            {
                together.SignalAndWait();
                Array.ForEach(some, call => call.Return());
            }));
            await Task.WhenAll(ending);

            group.Advance(Interval);
            Assert.Equal(64, group.Committed(P0));
        }
    }

    public static TheoryData<CommitPolicy> Policies() => [CommitPolicy.Auto, CommitPolicy.Sync, CommitPolicy.Async, CommitPolicy.Manual];

    private static GroupDefinition Unordered(GroupDefinition definition)
        => definition with { Order = ProcessingOrder.Unordered, Concurrency = 8 };

    private static RecordHeaders Typed() => new() { { StreamsHeaders.Type, "Order" } };

    private static ValueTask Done(GroupHarness group, HandlerCall call)
        => group.Definition.Commit == CommitPolicy.Manual ? call.CommitAsync() : default;

    private static void End(GroupHarness group, long offset)
    {
        if (group.Definition.Commit == CommitPolicy.Manual)
        {
            group.Call(offset).Ack();
        }

        group.Return(offset);
    }
}
