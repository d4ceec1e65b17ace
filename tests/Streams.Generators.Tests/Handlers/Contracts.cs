namespace Streams.Generators.Tests.Handlers;

[Message("orders")]
public partial record Placed([PartitionKey] Guid Id, string Customer);

[Message("orders", Name = "shipped-v2")]
public partial record Shipped([PartitionKey] Guid Id, int Parcels);

[Message("measured")]
public partial record struct Measured(int Sensor, double Value);

[Message("sizes")]
public partial record Größe(int Höhe);
