namespace Streams.Protocol.Primitives;

/// <summary>
/// A field at the end of a flexible structure that this code does not know: kept, so that it can be written back (KIP-482).
/// </summary>
internal readonly record struct TaggedField(int Tag, ReadOnlyMemory<byte> Bytes);
