namespace Streams.Hosting.Tests.Contracts;

[ConsumerGroup("sync", Commit = CommitPolicy.Sync)]
public sealed class SyncLedger(Calls calls)
{
    public void Handle(OrderPlaced order) => calls.Add(order);
}
