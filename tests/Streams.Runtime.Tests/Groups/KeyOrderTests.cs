using Streams.Runtime.Tests.Scripting;
using static Streams.Runtime.Tests.Scripting.GroupHarness;

namespace Streams.Runtime.Tests.Groups;

/// <summary>Records of one key are handled in offset order and one at a time, whatever the concurrency and whatever handlers end first.</summary>
public sealed class KeyOrderTests
{
    private const int Records = 120;

    public static TheoryData<int> Concurrencies() => [.. Enumerable.Range(1, 64)];

    // Work items run in an order drawn from the seed and any handler that runs may be the next to end. To replay: put the seed in below.
    [Theory]
    [MemberData(nameof(Concurrencies))]
    public void PerKey_WithHandlersThatEndInAnyOrder_KeepsTheOrderOfEachKey(int concurrency)
    {
        var seed = Random.Shared.Next();
        try
        {
            Run(concurrency, seed);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"Concurrency {concurrency}, seed {seed}: {error.Message}", error);
        }
    }

    private static void Run(int concurrency, int seed)
    {
        var chance = new Random(seed);
        var group = Start(one => one with { Order = ProcessingOrder.PerKey, Concurrency = concurrency, InFlightMax = 48 }, seed).Hold();
        group.Transport.BlockRecordsMax = 1 + chance.Next(40);
        for (var record = 0; record < Records; record++)
        {
            group.Add(chance.Next(2) == 0 ? P0 : P1, 1, chance.Next(8) is > 0 and var key ? $"key-{key}" : null);
        }

        group.Member.Assign(P0, P1);
        var most = 0;
        while (true)
        {
            for (var steps = chance.Next(6); steps > 0 && group.Scheduler.RunOne(); steps--)
            {
                most = Math.Max(most, group.Handler.Open.Count);
            }

            if (group.Handler.Open.Count > 0 && chance.Next(2) == 0)
            {
                group.Handler.Open[chance.Next(group.Handler.Open.Count)].Return();
            }
            else if (group.Scheduler.Pending == 0)
            {
                if (group.Handler.Open.Count == 0)
                {
                    break;
                }

                group.Handler.Open[chance.Next(group.Handler.Open.Count)].Return();
            }
        }

        group.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Records, group.Handler.Calls.Count);
        Assert.All(
            group.Handler.Calls.GroupBy(call => (call.Partition, call.Key)),
            lane => Assert.Equal(lane.Select(call => call.Offset).Order(), lane.Select(call => call.Offset)));
        Assert.Equal((group.Transport[P0].End, group.Transport[P1].End), (group.Committed(P0), group.Committed(P1)));
        Assert.InRange(most, concurrency == 1 ? 1 : 2, concurrency);
        group.AssertEveryBlockIsReturned();
    }
}
