namespace Streams.Shared.Messages;

/// <summary>A lazy value: the value.</summary>
internal sealed record LazyWire(string Name, WireType Inner) : WireType(Name, IsReference: true);
