namespace Streams.Shared.Messages;

/// <summary>A dictionary: a map on the wire.</summary>
internal sealed record MapWire(string Name, MapPlan Plan, WireType Key, WireType Value) : WireType(Name, IsReference: true);
