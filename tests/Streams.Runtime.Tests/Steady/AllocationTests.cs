using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Streams.Runtime.Groups;
using Streams.Runtime.Tests.Scripting;
using static Streams.Runtime.Tests.Scripting.GroupHarness;

namespace Streams.Runtime.Tests.Steady;

/// <summary>
/// Once warm, a record costs no allocation but its message object. Blocks and commits may cost something each, so the same number of blocks
/// is measured with few and with many records: what is more in the second is what records cost.
/// </summary>
public sealed class AllocationTests
{
    private const int Few = 50;
    private const int Many = 250;
    private const int Blocks = 200;

    private static readonly MessageDescriptor Order = new() { Type = typeof(AllocationTests), Topic = "orders", Name = "Order" };

    [Theory]
    [InlineData(CommitPolicy.Async, ProcessingOrder.PerPartition, false)]
    [InlineData(CommitPolicy.Async, ProcessingOrder.PerKey, false)]
    [InlineData(CommitPolicy.Async, ProcessingOrder.Unordered, false)]
    [InlineData(CommitPolicy.Async, ProcessingOrder.PerPartition, true)]
    [InlineData(CommitPolicy.Async, ProcessingOrder.PerKey, true)]
    [InlineData(CommitPolicy.Async, ProcessingOrder.Unordered, true)]
    [InlineData(CommitPolicy.Auto, ProcessingOrder.PerPartition, false)]
    [InlineData(CommitPolicy.Auto, ProcessingOrder.PerKey, true)]
    public void Consume_WhenWarm_AllocatesTheMessageObjectOnly(CommitPolicy policy, ProcessingOrder order, bool handlersEndLater)
    {
        var few = Measure(policy, order, handlersEndLater, Few);
        var many = Measure(policy, order, handlersEndLater, Many);

        var message = MessageBytes();
        var perRecord = (many - few) / (double)((Many - Few) * Blocks);
        Assert.InRange(perRecord, message - 0.01, message + 0.01);
        Assert.InRange((few / Blocks) - (message * Few), 0, 8 * 1024);
    }

    private static long Measure(CommitPolicy policy, ProcessingOrder order, bool handlersEndLater, int records)
    {
        SynchronizationContext.SetSynchronizationContext(null);
        var (scheduler, time, steps) = (new SteadyScheduler(), new FakeTimeProvider(), new ManualScheduler());
        var transport = new ScriptedTransport(steps, time) { IsServing = false };
        transport.Journal.IsOff = true;
        var handler = new SteadyDispatcher { EndsLater = handlersEndLater };
        var group = new ConsumerGroup(
            new GroupDefinition
            {
                GroupId = "billing",
                Handlers = [new(DescriptorOf(handler), new Dictionary<string, string> { ["orders"] = "orders" })],
                Commit = policy,
                Order = order,
                Concurrency = 8,
            },
            transport,
            new ScriptedProducers(),
            new ServiceCollection().BuildServiceProvider(),
            new GroupEnvironment(scheduler, time, new Random(1)),
            NullLoggerFactory.Instance);
        transport[P0].End = long.MaxValue;
        _ = group.StartAsync(default);
        scheduler.Run();
        transport.Member!.Assign(P0);
        scheduler.Run();

        var (first, second) = (new SteadyBlock(records), new SteadyBlock(records));
        Run(100);
        var least = long.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Run(Blocks);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal((100 + (3 * Blocks)) * (long)records, handler.Count);
        Assert.NotEqual(0, handler.Digest);
        Assert.True(first.IsReturned && second.IsReturned);
        return least;

        void Run(int blocks)
        {
            transport.Member.HoldsCommits = handlersEndLater;
            for (var block = 0; block < blocks; block++)
            {
                transport.Member.Deliver(P0, transport.Member.RequestOf(P0)!.Value, first.At(transport.Member.RequestOf(P0)!.Value));
                do
                {
                    scheduler.Run();
                }
                while (handler.TryEndOne());

                transport.Member.AnswerCommits();
                scheduler.Run();
                steps.Run();
                transport.Member.Commits.Clear();
            }
        }
    }

    private static HandlerDescriptor DescriptorOf(SteadyDispatcher dispatcher) => new()
    {
        HandlerType = typeof(SteadyDispatcher),
        GroupId = "billing",
        Messages = [Order],
        Dispatcher = dispatcher,
        Lifetime = HandlerLifetime.Singleton,
    };

    private static long MessageBytes()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(new object());
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
