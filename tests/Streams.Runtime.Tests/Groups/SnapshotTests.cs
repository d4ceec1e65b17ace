using Streams.Runtime.Groups;
using Streams.Runtime.Tests.Scripting;
using static Streams.Runtime.Tests.Scripting.GroupHarness;

namespace Streams.Runtime.Tests.Groups;

/// <summary>What a snapshot tells, and when a group has caught up.</summary>
public sealed class SnapshotTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    [Fact]
    public void Snapshot_OfARunningGroup_TellsEveryPartitionOfItsTopics()
    {
        var group = Start().Hold().Add(P0, 4).Add(P1, 2).Assign(P0);
        group.Transport.Members[P0] = "member-1";
        group.Transport.Committed[P1] = 1;
        group.Return(0).Advance(Interval);

        var snapshot = group.Run(group.Group.SnapshotAsync().AsTask());

        Assert.Equal("billing", snapshot.GroupId);
        Assert.Null(snapshot.Failure);
        Assert.Equal(4, snapshot.Lag);
        Assert.Equal(
            [
                new PartitionSnapshot(P0, "member-1", 4, 1, 4, 3, false, 1, null),
                new PartitionSnapshot(P1, null, null, 1, 2, 1, false, null, null),
            ],
            snapshot.Partitions);
    }

    [Fact]
    public void Snapshot_OfAPartitionElsewhere_NamesItsMember()
    {
        var group = Start().Assign(P0);
        group.Transport.Members[P1] = "host-b-17";

        Assert.Equal("host-b-17", group.Snapshot(P1).Member);
    }

    [Theory]
    [InlineData(StartFrom.Earliest, 5)]
    [InlineData(StartFrom.Latest, 0)]
    [InlineData(StartFrom.Fail, 5)]
    public void Snapshot_WithoutACommittedOffset_CountsLagFromTheStartPosition(StartFrom startFrom, long lag)
    {
        var group = Start(one => one with { StartFrom = startFrom }).Add(P0, 5);

        var partition = group.Snapshot(P0);

        Assert.Null(partition.Committed);
        Assert.Equal(lag, partition.Lag);
    }

    // Retention has passed the committed offset: what is gone is nothing to handle any more.
    [Fact]
    public void Snapshot_WithACommittedOffsetBelowTheStart_CountsLagFromTheStart()
    {
        var group = Start();
        group.Transport.Committed[P0] = 1;
        group.Transport[P0].Start = 4;
        group.Transport[P0].End = 9;

        Assert.Equal(5, group.Snapshot(P0).Lag);
    }

    [Fact]
    public void Snapshot_BeforeTheStart_KnowsWhatTheBrokerKnows()
    {
        var group = Make().Add(P0, 3);
        group.Transport.Committed[P0] = 1;

        Assert.Equal(2, group.Snapshot(P0).Lag);
    }

    [Fact]
    public void Snapshot_OfAFailedGroup_TellsWhy()
    {
        var group = Start().Assign(P0);
        group.Member.Fatal(new("Gone.") { Code = StreamsErrorCode.FencedInstance });
        group.Pump();

        Assert.Equal("Gone.", group.Run(group.Group.SnapshotAsync().AsTask()).Failure!.Message);
    }

    [Fact]
    public void WhenCaughtUp_WithNothingToDo_CompletesAtOnce()
    {
        var group = Start().Assign(P0);

        group.Run(group.Group.WhenCaughtUpAsync());
    }

    [Theory]
    [InlineData(CommitPolicy.Auto)]
    [InlineData(CommitPolicy.Sync)]
    [InlineData(CommitPolicy.Async)]
    [InlineData(CommitPolicy.Manual)]
    public void WhenCaughtUp_CompletesOnceEverythingIsCommittedWithoutWaitingForTheInterval(CommitPolicy policy)
    {
        var group = Start(one => one with { Commit = policy, CommitEvery = 100 }).Hold().Add(P0, 2).Add(P1, 1).Assign(P0, P1);
        var caughtUp = group.Group.WhenCaughtUpAsync();
        foreach (var (partition, offset) in new[] { (P0, 0), (P1, 0), (P0, 1) })
        {
            group.Pump();
            Assert.False(caughtUp.IsCompleted);
            if (policy == CommitPolicy.Manual)
            {
                group.Call(offset, partition).Ack();
            }

            group.Return(offset, partition);
        }

        for (var look = 0; look < 4 && !caughtUp.IsCompleted; look++)
        {
            group.Advance(TimeSpan.FromMilliseconds(250));
        }

        group.Run(caughtUp);
        Assert.Equal((2, 1), (group.Committed(P0), group.Committed(P1)));
    }

    [Fact]
    public void WhenCaughtUp_WithPartitionsOfOtherMembers_WaitsForThemToo()
    {
        var group = Start().Add(P0, 1).Add(P1, 5).Assign(P0).Advance(Interval);
        var caughtUp = group.Group.WhenCaughtUpAsync();
        group.Advance(TimeSpan.FromSeconds(1));
        Assert.False(caughtUp.IsCompleted);

        group.Transport.Committed[P1] = 5;
        group.Advance(TimeSpan.FromMilliseconds(250));
        group.Run(caughtUp);
    }

    [Fact]
    public async Task WhenCaughtUp_WhenGivenUp_IsCancelled()
    {
        var group = Start().Hold().Add(P0, 1).Assign(P0);
        using var impatient = new CancellationTokenSource();
        var caughtUp = group.Group.WhenCaughtUpAsync(impatient.Token);
        group.Pump();

        impatient.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => caughtUp);
    }

    [Fact]
    public void WhenCaughtUp_WhenTheGroupFailsOrStops_Throws()
    {
        var failing = Start().Hold().Add(P0, 1).Assign(P0);
        var first = failing.Group.WhenCaughtUpAsync();
        failing.Pump();
        failing.Member.Fatal(new("Gone.") { Code = StreamsErrorCode.FencedInstance });
        failing.Pump();
        Assert.Equal(StreamsErrorCode.FencedInstance, Assert.IsType<StreamsException>(first.Exception!.InnerException).Code);

        var stopping = Start().Hold().Add(P0, 1).Assign(P0);
        var second = stopping.Group.WhenCaughtUpAsync();
        stopping.Pump();
        var stopped = stopping.Group.StopAsync(TimeSpan.Zero, new(canceled: true));
        stopping.Advance(TimeSpan.FromSeconds(1));
        stopping.Run(stopped);
        Assert.Equal(StreamsErrorCode.Closed, Assert.IsType<StreamsException>(second.Exception!.InnerException).Code);
    }

    [Fact]
    public void Groups_OfAnUnknownId_SayWhatIsHosted()
    {
        var group = Make();
        var groups = new ConsumerGroups([group.Group]);

        var error = Assert.Throws<StreamsException>(() => groups["shipping"]);

        Assert.Equal(StreamsErrorCode.UnknownGroup, error.Code);
        Assert.Contains("hosts 'billing'", error.Message, StringComparison.Ordinal);
        Assert.Same(group.Group, groups["billing"]);
        Assert.True(groups.TryGet("billing", out var found) && ReferenceEquals(found, Assert.Single(groups)));
        Assert.False(groups.TryGet("shipping", out _));
    }
}
