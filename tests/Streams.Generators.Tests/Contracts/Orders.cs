namespace Streams.Generators.Tests.Contracts;

[Message("orders", Partitions = 12, Ordered = true, Retention = "7d")]
public partial record OrderPlaced([PartitionKey] Guid OrderId, string Customer, decimal Total);

[Message("orders")]
public partial record OrderShipped([PartitionKey] Guid OrderId, List<Line> Lines, Dictionary<string, int>? Tags, DateTimeOffset At);

public sealed record Line(string Article, int Count, Line? Part);

[Message("readings")]
public readonly partial record struct Reading([PartitionKey(Order = 1)] int Sensor, [PartitionKey(Order = 0)] string Site, double Value);

[ConsumerGroup("billing", Commit = CommitPolicy.Async, CommitInterval = "1s")]
public sealed class Billing(IServiceProvider services)
{
    public IServiceProvider Services { get; } = services;

    public async Task<OrderShipped?> HandleAsync(OrderPlaced order, CancellationToken cancellationToken, MessageContext context)
    {
        await Task.Yield();
        return new(order.OrderId, [], null, default);
    }

    public void Handle(Reading? reading) { }

    public IEnumerable<OrderPlaced> Handle(OrderShipped shipped) => [];

    public void OnCommitted(CommitResult result) { }
}
