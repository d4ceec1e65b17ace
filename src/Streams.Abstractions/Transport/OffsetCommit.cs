namespace Streams.Transport;

/// <summary>An offset to commit.</summary>
/// <param name="Lease">The lease it belongs to.</param>
/// <param name="Offset">The next offset to be handled.</param>
public readonly record struct OffsetCommit(Lease Lease, long Offset);
