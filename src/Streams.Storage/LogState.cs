using Streams.Storage.Segments;

namespace Streams.Storage;

/// <summary>What a log begins with.</summary>
/// <param name="Segments">All segments in order, at least one.</param>
/// <param name="StartOffset">The first offset that may be read.</param>
/// <param name="EndOffset">The offset the next record gets; everything below is on disk.</param>
/// <param name="CleanOffset">Everything below is compacted.</param>
/// <param name="LeaderEpoch">What new batches are stamped with.</param>
internal sealed record LogState(LogSegment[] Segments, long StartOffset, long EndOffset, long CleanOffset, int LeaderEpoch);
