namespace Streams.Storage;

/// <summary>What compaction did. Nothing ran where <paramref name="EndOffset"/> equals the former clean offset.</summary>
/// <param name="EndOffset">Everything below holds each key at most once.</param>
/// <param name="BytesBefore">The bytes of the segments it rewrote.</param>
/// <param name="BytesAfter">What they take now.</param>
/// <param name="RecordsRemoved">How many records are gone.</param>
internal readonly record struct CompactionResult(long EndOffset, long BytesBefore, long BytesAfter, long RecordsRemoved);
