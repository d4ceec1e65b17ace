namespace Streams.Shared.Messages;

/// <summary>A fixed number of items: an array on the wire.</summary>
/// <param name="Accessors">The property or field of each item.</param>
internal sealed record TupleWire(string Name, bool IsReference, EquatableArray<string> Accessors, EquatableArray<WireType> Items)
    : WireType(Name, IsReference);
