namespace Streams.Shared.Messages;

/// <summary>A case of a union.</summary>
/// <param name="Tag">Its number on the wire.</param>
/// <param name="Type">How its own object is written.</param>
internal sealed record UnionCase(int Tag, WireType Type);
