namespace Streams.Shared.Messages;

/// <summary>A dictionary: a map on the wire.</summary>
internal sealed record MapWire(string Name, MapShape Shape, WireType Key, WireType Value) : WireType(Name, IsReference: true);
