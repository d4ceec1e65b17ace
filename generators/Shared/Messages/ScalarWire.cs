namespace Streams.Shared.Messages;

/// <summary>One value.</summary>
internal sealed record ScalarWire(string Name, bool IsReference, ScalarKind Kind) : WireType(Name, IsReference);
