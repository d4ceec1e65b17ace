namespace Streams.Runtime.Groups;

/// <summary>Where a lease begins.</summary>
/// <param name="Offset">The first offset to handle.</param>
/// <param name="Committed">What is committed, or <see langword="null"/>.</param>
/// <param name="IsCommittedAtOnce">Whether the offset is committed before anything is handled, since looking it up later would give another.</param>
/// <param name="Error">Why there is none, or <see langword="null"/>.</param>
internal readonly record struct StartPosition(long Offset, long? Committed, bool IsCommittedAtOnce, StreamsException? Error);
