namespace Streams.Hosting.Tests.Contracts;

[Message("invoices", Partitions = 2)]
public sealed partial record InvoiceRaised([PartitionKey] string OrderId, int Amount);
