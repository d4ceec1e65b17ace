using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Streams.Runtime.Groups;

namespace Streams.Runtime.Tests.Threads;

/// <summary>The same promises on the thread pool, where words of memory are shared and not only steps are mixed.</summary>
public sealed class ThreadTests
{
    private const int Partitions = 3;
    private const int Records = 4_000;
    private const int Concurrency = 8;

    private static readonly MessageDescriptor Order = new() { Type = typeof(ThreadTests), Topic = "orders", Name = "Order" };

    // Partitions come and go while handlers run on as many threads as there are. Nothing waits for the clock but the interval of Auto.
    [Theory]
    [InlineData(CommitPolicy.Auto, ProcessingOrder.PerPartition)]
    [InlineData(CommitPolicy.Auto, ProcessingOrder.PerKey)]
    [InlineData(CommitPolicy.Sync, ProcessingOrder.PerPartition)]
    [InlineData(CommitPolicy.Sync, ProcessingOrder.Unordered)]
    [InlineData(CommitPolicy.Async, ProcessingOrder.PerPartition)]
    [InlineData(CommitPolicy.Async, ProcessingOrder.PerKey)]
    [InlineData(CommitPolicy.Async, ProcessingOrder.Unordered)]
    [InlineData(CommitPolicy.Manual, ProcessingOrder.PerKey)]
    public async Task Group_OnManyThreads_HandlesAndCommitsEverything(CommitPolicy policy, ProcessingOrder order)
    {
        var broker = new ThreadedBroker(Partitions, Records);
        var handler = new ThreadedDispatcher(broker, order, Concurrency, policy == CommitPolicy.Manual);
        var group = new ConsumerGroup(
            DefinitionOf(handler, policy, order),
            broker,
            new Scripting.ScriptedProducers(),
            new ServiceCollection().BuildServiceProvider(),
            TimeProvider.System,
            NullLoggerFactory.Instance);
        await group.StartAsync(TestContext.Current.CancellationToken);
        broker.Assign(0, 1, 2);
        for (var move = 0; move < 40 && !broker.Done.IsCompleted; move++)
        {
            var partition = move % Partitions;
            if (move % 4 == 3)
            {
                broker.Lose(partition);
            }
            else
            {
                await broker.RevokeAsync(partition);
            }

            broker.Assign(partition);
        }

        await broker.Done.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        await group.StopAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Null(broker.Fault);
        Assert.Equal(GroupStatus.Healthy, group.Health.Status);
    }

    private static GroupDefinition DefinitionOf(HandlerDispatcher handler, CommitPolicy policy, ProcessingOrder order)
    {
        var descriptor = new HandlerDescriptor
        {
            HandlerType = typeof(ThreadedDispatcher),
            GroupId = "billing",
            Messages = [Order],
            Dispatcher = handler,
            Lifetime = HandlerLifetime.Singleton,
        };
        return new()
        {
            GroupId = "billing",
            Handlers = [new(descriptor, new Dictionary<string, string> { ["orders"] = "orders" })],
            Commit = policy,
            CommitEvery = 7,
            CommitInterval = TimeSpan.FromMilliseconds(20),
            Order = order,
            Concurrency = Concurrency,
        };
    }
}
