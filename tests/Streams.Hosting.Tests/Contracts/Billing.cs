namespace Streams.Hosting.Tests.Contracts;

/// <summary>Raises an invoice for each order.</summary>
[ConsumerGroup("billing", Commit = CommitPolicy.Sync)]
public sealed class Billing
{
    public InvoiceRaised Handle(OrderPlaced order) => new(order.OrderId, order.Amount);
}
