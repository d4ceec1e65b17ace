namespace Streams.Shared.Messages;

/// <summary>A nullable value: nil or the value.</summary>
internal sealed record NullableWire(string Name, WireType Inner) : WireType(Name, IsReference: false);
