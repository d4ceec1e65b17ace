namespace Streams.Shared.Messages;

/// <summary>An array of several dimensions: an array of its lengths and of its elements, row by row.</summary>
internal sealed record GridWire(string Name, int Rank, WireType Element) : WireType(Name, IsReference: true);
