namespace Streams.Hosting.Tests.Contracts;

[ConsumerGroup("manual", Commit = CommitPolicy.Manual)]
public sealed class ManualLedger(Calls calls)
{
    public async Task HandleAsync(OrderPlaced order, MessageContext context, CancellationToken cancellationToken)
    {
        calls.Add(order);
        await context.CommitAsync(cancellationToken);
    }
}
