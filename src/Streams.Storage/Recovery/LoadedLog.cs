using Streams.Storage.Segments;

namespace Streams.Storage.Recovery;

/// <summary>What a partition's folder holds once it is in order.</summary>
/// <param name="Segments">All segments in order, at least one; the last one takes appends.</param>
/// <param name="StartOffset">The first offset that may be read.</param>
/// <param name="EndOffset">The offset the next record gets.</param>
/// <param name="LastEpoch">The leader epoch of the last batch; -1 where there is none.</param>
/// <param name="IsNew">There was no segment.</param>
internal sealed record LoadedLog(LogSegment[] Segments, long StartOffset, long EndOffset, int LastEpoch, bool IsNew);
