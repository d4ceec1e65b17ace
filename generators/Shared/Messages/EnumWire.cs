namespace Streams.Shared.Messages;

/// <summary>An enum: its underlying integer.</summary>
internal sealed record EnumWire(string Name, ScalarWire Underlying) : WireType(Name, IsReference: false);
