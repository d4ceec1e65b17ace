namespace Streams.Hosting.Tests.Contracts;

[ConsumerGroup("auto")]
public sealed class AutoLedger(Calls calls)
{
    public void Handle(OrderPlaced order) => calls.Add(order);
}
