namespace Streams.Hosting.Tests.Contracts;

[ConsumerGroup("async", Commit = CommitPolicy.Async, Order = ProcessingOrder.PerKey, Concurrency = 4)]
public sealed class AsyncLedger(Calls calls)
{
    public void Handle(OrderPlaced order) => calls.Add(order);
}
