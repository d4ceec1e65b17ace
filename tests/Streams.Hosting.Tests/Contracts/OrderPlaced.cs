namespace Streams.Hosting.Tests.Contracts;

[Message("orders", Partitions = 3, Ordered = true)]
public sealed partial record OrderPlaced([PartitionKey] string OrderId, int Amount);
