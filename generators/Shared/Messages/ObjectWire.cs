namespace Streams.Shared.Messages;

/// <summary>An object with members of its own.</summary>
/// <param name="Codec">The generated class that reads and writes it.</param>
internal sealed record ObjectWire(string Name, bool IsReference, string Codec) : WireType(Name, IsReference);
