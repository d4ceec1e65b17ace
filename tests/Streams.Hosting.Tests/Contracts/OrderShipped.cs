namespace Streams.Hosting.Tests.Contracts;

[Message("orders", Partitions = 3)]
public sealed partial record OrderShipped([PartitionKey] string OrderId);
