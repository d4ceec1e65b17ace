namespace Streams.Shared.Messages;

/// <summary>A sequence: an array on the wire.</summary>
internal sealed record SequenceWire(string Name, bool IsReference, SequencePlan Plan, WireType Element) : WireType(Name, IsReference);
