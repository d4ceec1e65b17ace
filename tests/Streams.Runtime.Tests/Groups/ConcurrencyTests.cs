using Streams.Runtime.Groups;
using Streams.Runtime.Tests.Scripting;
using static Streams.Runtime.Tests.Scripting.GroupHarness;

namespace Streams.Runtime.Tests.Groups;

/// <summary>Which records may be with handlers at the same time. The journal watches order and bound in every test of this project.</summary>
public sealed class ConcurrencyTests
{
    [Fact]
    public void PerPartition_HandlesOneRecordPerPartitionAtATime()
    {
        var group = Start().Hold().Add(P0, 3).Add(P1, 3).Assign(P0, P1);
        Assert.Equal([(P0, 0L), (P1, 0L)], group.Handler.Open.Select(call => (call.Partition, call.Offset)));

        group.Return(0, P0).Return(1, P0);
        Assert.Equal([(P1, 0L), (P0, 2L)], group.Handler.Open.Select(call => (call.Partition, call.Offset)));
    }

    [Fact]
    public void PerPartition_WithALowerBound_TakesTurns()
    {
        var group = Start(one => one with { Concurrency = 1 }).Add(P0, 100).Add(P1, 100).Assign(P0, P1);

        Assert.Equal(200, group.Handler.Calls.Count);
        var firstOfP1 = group.Handler.Calls.FindIndex(call => call.Partition == P1);
        var firstOfP0 = group.Handler.Calls.FindIndex(call => call.Partition == P0);
        Assert.InRange(Math.Max(firstOfP0, firstOfP1), 1, 16);
    }

    [Fact]
    public void PerKey_HandlesOneRecordPerKeyAtATimeInOffsetOrder()
    {
        var group = Start(PerKey).Hold().Add(P0, 2, "a").Add(P0, 1, "b").Add(P0, 1, "a").Assign(P0);
        Assert.Equal([0, 2], group.Handler.Open.Select(call => call.Offset));

        group.Return(0);
        Assert.Equal([2, 1], group.Handler.Open.Select(call => call.Offset));
        group.Return(1);
        Assert.Equal([2, 3], group.Handler.Open.Select(call => call.Offset));
    }

    [Fact]
    public void PerKey_TreatsRecordsWithoutAKeyAsOneKeyOfTheirPartition()
    {
        var group = Start(PerKey).Hold().Add(P0, 2).Add(P1, 2).Assign(P0, P1);

        Assert.Equal([(P0, 0L), (P1, 0L)], group.Handler.Open.Select(call => (call.Partition, call.Offset)).Order());
    }

    [Fact]
    public void PerKey_TreatsAnEmptyKeyAsAKey()
    {
        var group = Start(PerKey).Hold().Add(P0, 1).Add(P0, 1, "").Assign(P0);

        Assert.Equal([0, 1], group.Handler.Open.Select(call => call.Offset));
    }

    [Fact]
    public void PerKey_TreatsTheSameKeyInTwoPartitionsAsTwo()
    {
        var group = Start(PerKey).Hold().Add(P0, 1, "a").Add(P1, 1, "a").Assign(P0, P1);

        Assert.Equal(2, group.Handler.Open.Count);
    }

    [Fact]
    public void PerKey_NeverRunsMoreThanTheBound()
    {
        var group = Start(one => PerKey(one) with { Concurrency = 3 }).Hold();
        for (var key = 0; key < 10; key++)
        {
            group.Add(P0, 1, $"k{key}").Add(P1, 1, $"k{key}");
        }

        group.Assign(P0, P1);
        for (var left = 20; left > 0; left--)
        {
            Assert.Equal(Math.Min(3, left), group.Handler.Open.Count);
            group.Handler.Open[0].Return();
            group.Pump();
        }
    }

    // One key is slow. The others use the slots there are, up to the bound of records in flight behind the slow one.
    [Fact]
    public void PerKey_WithASlowKey_LetsTheOthersPass()
    {
        var group = Start(one => PerKey(one) with { InFlightMax = 64 });
        group.Handler.Handle = (call, results) => call.Key == "slow" ? ScriptedDispatcher.Hold(call, results) : default;
        group.Add(P0, 1, "slow").Add(P0, 40, "fast").Assign(P0);

        Assert.Equal(41, group.Handler.Calls.Count);
        Assert.Equal(0, group.Snapshot(P0).OldestUnfinished);
    }

    [Fact]
    public void Unordered_RunsAsManyAsTheBoundAllows()
    {
        var group = Start(one => one with { Order = ProcessingOrder.Unordered, Concurrency = 5 }).Hold().Add(P0, 9).Assign(P0);

        Assert.Equal([0, 1, 2, 3, 4], group.Handler.Open.Select(call => call.Offset));
        group.Return(3);
        Assert.Equal([0, 1, 2, 4, 5], group.Handler.Open.Select(call => call.Offset));
    }

    [Theory]
    [InlineData(ProcessingOrder.PerKey)]
    [InlineData(ProcessingOrder.Unordered)]
    public void Concurrency_ByDefault_IsOnePerAssignedPartition(ProcessingOrder order)
    {
        var group = Start(one => one with { Order = order }).Hold();
        for (var key = 0; key < 4; key++)
        {
            group.Add(P0, 1, $"k{key}").Add(P1, 1, $"k{key}");
        }

        group.Assign(P0);
        Assert.Single(group.Handler.Open);

        group.Assign(P1);
        Assert.Equal(2, group.Handler.Open.Count);
    }

    [Theory]
    [InlineData(ProcessingOrder.PerPartition)]
    [InlineData(ProcessingOrder.PerKey)]
    [InlineData(ProcessingOrder.Unordered)]
    public void InFlight_AtItsBound_PausesThatPartitionAlone(ProcessingOrder order)
    {
        var group = Start(one => one with { Order = order, Concurrency = 64, InFlightMax = 8 });
        group.Handler.Handle = (call, results)
            => call is { Partition.Partition: 0, Offset: 0 } ? ScriptedDispatcher.Hold(call, results) : default;
        for (var key = 0; key < 40; key++)
        {
            group.Add(P0, 1, $"k{key}").Add(P1, 1, $"k{key}");
        }

        group.Assign(P0, P1);
        Assert.InRange(group.Handler.Calls.Count(call => call.Partition == P0), 1, 8);
        Assert.Equal(40, group.Handler.Calls.Count(call => call.Partition == P1));

        group.Return(0);
        Assert.Equal(40, group.Handler.Calls.Count(call => call.Partition == P0));
    }

    // A handler that was left behind has given its slot back: the bound holds for the others, not against them.
    [Fact]
    public void Slots_OfHandlersLeftBehind_AreFreeAgain()
    {
        var group = Start(one => one with { Concurrency = 1 }).Hold().Add(P0, 1).Add(P1, 1).Assign(P0);
        group.Member.Lose(P0);
        group.Assign(P1);
        Assert.Single(group.Handler.Calls);

        group.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, group.Handler.Calls.Count);
        group.Return(0, P0).Return(0, P1);
        Assert.Equal(1, group.Advance(TimeSpan.FromSeconds(5)).Committed(P1));
    }

    [Theory]
    [InlineData(HandlerLifetime.Singleton, 1)]
    [InlineData(HandlerLifetime.Scoped, 4)]
    public void Lifetime_SaysHowManyInstancesThereAre(HandlerLifetime lifetime, int instances)
    {
        var group = Start(one => WithCallbacks(one, HandlerCallbacks.None, lifetime)).Add(P0, 4).Assign(P0);

        Assert.Equal(4, group.Handler.Calls.Count);
        Assert.Equal(instances, group.Handler.Instances);
    }

    private static GroupDefinition PerKey(GroupDefinition definition)
        => definition with { Order = ProcessingOrder.PerKey, Concurrency = 8 };
}
