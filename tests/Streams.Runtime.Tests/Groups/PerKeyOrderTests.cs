using Streams.Runtime.Tests.Scripting;

namespace Streams.Runtime.Tests.Groups;

public sealed class PerKeyOrderTests
{
    private static readonly TopicPartition P0 = GroupHarness.P0;

    // Two records of one key stand at the front, and many of other keys behind them. Put at the end of the line once ready, the second
    // one would hold the watermark back until everything in flight is done: a crash would repeat all of it.
    [Fact]
    public void Handle_WhenARecordWaitedForOneOfItsKey_ComesBeforeYoungerOnes()
    {
        var harness = GroupHarness.Start(
            group => group with { Order = ProcessingOrder.PerKey, Commit = CommitPolicy.Async, Concurrency = 1 })
            .Hold()
            .Add(P0, 2, "A");
        foreach (var key in (string[])["B", "C", "D"])
        {
            harness.Add(P0, 1, key);
        }

        harness.Assign(P0);
        for (var offset = 0; offset < 5; offset++)
        {
            harness.Return(offset);
            Assert.Equal(offset + 1, harness.Committed(P0));
        }

        Assert.Equal([0, 1, 2, 3, 4], harness.Handler.Calls.Select(call => call.Offset));
    }
}
