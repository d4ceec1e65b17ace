namespace Streams.Hosting.Tests.Contracts;

/// <summary>Raises an invoice for each order; an amount of zero is a fault of its own.</summary>
[ConsumerGroup("billing", Commit = CommitPolicy.Sync)]
public sealed class Billing
{
    public InvoiceRaised Handle(OrderPlaced order)
        => order.Amount == 0 ? throw new InvalidOperationException("Nothing to bill.") : new(order.OrderId, order.Amount);
}
