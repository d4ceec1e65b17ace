namespace Streams.Shared.Messages;

/// <summary>A grouping: an array of its key and its elements.</summary>
/// <param name="Elements">The elements, as an enumerable.</param>
internal sealed record GroupingWire(string Name, WireType Key, WireType Elements) : WireType(Name, IsReference: true);
