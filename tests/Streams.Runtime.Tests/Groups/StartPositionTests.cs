using Streams.Runtime.Groups;
using Streams.Runtime.Tests.Scripting;
using static Streams.Runtime.Tests.Scripting.GroupHarness;

namespace Streams.Runtime.Tests.Groups;

/// <summary>Where a group begins on a partition, and what happens where that place is not there.</summary>
public sealed class StartPositionTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    [Fact]
    public void Start_WithACommittedOffset_BeginsThere()
    {
        var group = Start(one => one with { StartFrom = StartFrom.Latest }).Add(P0, 5);
        group.Transport.Committed[P0] = 2;

        Assert.Equal([2, 3, 4], group.Assign(P0).Handler.Offsets);
    }

    [Fact]
    public void Start_WithoutOne_BeginsAtTheFirstRecord()
    {
        var group = Start();
        group.Transport[P0].Start = 3;
        group.Transport.Add(P0, offset: 3);
        group.Transport.Add(P0, offset: 4);

        Assert.Equal([3, 4], group.Assign(P0).Handler.Offsets);
        Assert.Empty(group.Member.Commits);
    }

    [Fact]
    public void Start_FromLatest_BeginsAtTheEndAndCommitsItAtOnce()
    {
        var group = Start(one => one with { StartFrom = StartFrom.Latest }).Add(P0, 3);
        group.Journal.Pass(P0, 3);
        group.Assign(P0);

        Assert.Equal(3, group.Committed(P0));
        Assert.Equal([3], group.Add(P0, 1).Pump().Handler.Offsets);
    }

    [Fact]
    public void Start_FromLatestOfAnEmptyPartition_CommitsItAtOnceToo()
    {
        var group = Start(one => one with { StartFrom = StartFrom.Latest }).Assign(P0);

        Assert.Equal(0, group.Committed(P0));
    }

    [Fact]
    public void Start_WithFail_StopsThePartitionUntilItIsSought()
    {
        var group = Start(one => one with { StartFrom = StartFrom.Fail }).Add(P0, 2).Assign(P0);
        Assert.Empty(group.Handler.Calls);
        var stopped = Assert.Single(group.Group.Health.Stopped);
        Assert.Equal(StreamsErrorCode.NoCommittedOffset, Assert.IsType<StreamsException>(stopped.Error).Code);

        group.Run(group.Group.SeekAsync(P0, ReadFrom.Earliest).AsTask());
        Assert.Equal([0, 1], group.Handler.Offsets);
        Assert.Equal(GroupStatus.Healthy, group.Group.Health.Status);
    }

    [Fact]
    public void Start_AtATime_BeginsAtTheFirstRecordOfThatTimeOrLater()
    {
        var group = Start(one => one with { StartTime = DateTimeOffset.FromUnixTimeMilliseconds(1_003) }).Add(P0, 5);
        group.Journal.Pass(P0, 3);

        Assert.Equal([3, 4], group.Assign(P0).Handler.Offsets);
        Assert.Equal(5, group.Advance(Interval).Committed(P0));
    }

    // An operator has put the group back while it was away: what a member remembered counts no more.
    [Fact]
    public void Start_AfterAResetToALowerOffset_HonoursIt()
    {
        var group = Start().Add(P0, 5).Assign(P0);
        group.Run(group.Member.RevokeAsync(default, P0));
        group.Transport.Committed[P0] = 1;

        Assert.Equal([0, 1, 2, 3, 4, 1, 2, 3, 4], group.Assign(P0).Handler.Offsets);
    }

    [Theory]
    [InlineData(StartFrom.Earliest, 4)]
    [InlineData(StartFrom.Latest, 6)]
    public void Fetch_OutOfRange_GoesWhereTheGroupSaysCommitsItAndTellsSo(StartFrom startFrom, long target)
    {
        var group = Start(one => one with { StartFrom = startFrom });
        group.Transport.Committed[P0] = 1;
        group.Transport[P0].Start = 4;
        group.Transport.Add(P0, offset: 4);
        group.Transport.Add(P0, offset: 5);
        group.Journal.Pass(P0, target);
        group.Transport.IsServing = false;
        group.Assign(P0);
        Assert.Equal(1, group.Member.RequestOf(P0));

        group.Member.FailFetch(P0, new("Out of range.") { Code = StreamsErrorCode.OffsetOutOfRange });
        group.Transport.IsServing = true;
        group.Pump();

        Assert.Equal(target, group.Committed(P0));
        Assert.Equal(startFrom == StartFrom.Earliest ? [4, 5] : [], group.Handler.Offsets);
        Assert.Contains(group.Log.GetSnapshot(), line => line.Message.Contains($"it goes on at {target}", StringComparison.Ordinal));
    }

    [Fact]
    public void Fetch_OutOfRangeWithFail_StopsThePartition()
    {
        var group = Start(one => one with { StartFrom = StartFrom.Fail });
        group.Transport.Committed[P0] = 1;
        group.Assign(P0);

        group.Member.FailFetch(P0, new("Out of range.") { Code = StreamsErrorCode.OffsetOutOfRange });
        group.Pump();

        Assert.Equal(GroupStatus.Degraded, group.Group.Health.Status);
        Assert.Equal(1, group.Committed(P0));
    }

    [Fact]
    public void Fetch_ThatFailsForNow_IsTriedAgain()
    {
        var group = Start().Assign(P0);
        group.Member.FailFetch(P0, new("Not now.") { Code = StreamsErrorCode.NotLeader });
        group.Add(P0, 2).Pump();
        Assert.Empty(group.Handler.Calls);

        Assert.Equal([0, 1], group.Advance(TimeSpan.FromSeconds(1)).Handler.Offsets);
    }

    [Fact]
    public void Fetch_ThatFailsForGood_StopsThePartitionAndKeepsWhatIsDone()
    {
        var group = Start().Add(P0, 2).Assign(P0);
        group.Member.FailFetch(P0, new("Damaged.") { Code = StreamsErrorCode.Corrupt });
        group.Advance(Interval);

        Assert.Equal(2, Assert.Single(group.Group.Health.Stopped).Offset);
        Assert.Equal(2, group.Committed(P0));
    }

    // The request of a worker before a seek replaced the one of the worker after it, and failed: the right one is asked for again.
    [Fact]
    public void Fetch_OfAnOffsetNobodyWaitsFor_FailsWithoutStoppingThePartition()
    {
        var group = Start().Add(P0, 2).Assign(P0);
        Assert.Equal(2, group.Member.RequestOf(P0));
        group.Member.Request(group.Member.Leases[P0], 0);
        group.Transport.IsServing = false;
        group.Member.FailFetch(P0, new("Stale.") { Code = StreamsErrorCode.NotLeader });
        group.Transport.IsServing = true;
        group.Pump();

        Assert.Equal(2, group.Member.RequestOf(P0));
        Assert.Equal([0, 1, 2], group.Add(P0, 1).Pump().Handler.Offsets);
    }

    [Fact]
    public void Lookup_ThatFailsForNow_IsTriedAgainUntilItSucceeds()
    {
        var group = Start().Add(P0, 1);
        for (var failure = 0; failure < 5; failure++)
        {
            group.Transport.LookupFailures.Enqueue(new("Loading.") { Code = StreamsErrorCode.CoordinatorLoadInProgress });
        }

        group.Assign(P0);
        for (var second = 0; second < 5; second++)
        {
            Assert.Empty(group.Handler.Calls);
            group.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([0], group.Handler.Offsets);
    }

    [Fact]
    public void Lookup_ThatFailsForGood_StopsThePartitionUntilItIsResumed()
    {
        var group = Start().Add(P0, 1);
        group.Transport.LookupFailures.Enqueue(new("No.") { Code = StreamsErrorCode.StorageFailed });
        group.Assign(P0);
        Assert.Equal(GroupStatus.Degraded, group.Group.Health.Status);
        Assert.Empty(group.Handler.Calls);

        group.Run(group.Group.ResumeAsync().AsTask());

        Assert.Equal([0], group.Handler.Offsets);
        Assert.Equal(GroupStatus.Healthy, group.Group.Health.Status);
        Assert.Single(group.Handler.Events, what => what == "assigned orders-0");
    }

    [Fact]
    public void Member_ThatCannotGoOn_FailsTheGroup()
    {
        var group = Start().Hold().Add(P0, 1).Assign(P0);

        group.Member.Fatal(new("Another instance has taken over.") { Code = StreamsErrorCode.FencedInstance });
        group.Pump();

        Assert.Equal(GroupStatus.Failed, group.Group.Health.Status);
        Assert.True(group.Call(0).Token.IsCancellationRequested);
        group.Return(0).Advance(Interval);
        Assert.Empty(group.Member.Commits);
        group.Run(group.Group.StopAsync(TimeSpan.FromSeconds(20), default));
        Assert.Equal(GroupStatus.Failed, group.Group.Health.Status);
    }
}
