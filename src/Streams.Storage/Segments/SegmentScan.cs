namespace Streams.Storage.Segments;

/// <summary>What is in a segment, found by reading all of it.</summary>
/// <param name="Index">Its indexes, without what is damaged; positions as they are in the file.</param>
/// <param name="ValidSize">Where its last sound batch ends.</param>
/// <param name="NextOffset">The offset after that.</param>
/// <param name="Damages">What lies between sound batches.</param>
/// <param name="Tail">What lies behind the last sound batch; <see langword="null"/> where nothing does.</param>
internal sealed record SegmentScan(
    SegmentIndex Index, long ValidSize, long NextOffset, IReadOnlyList<DamagedRange> Damages, DamagedRange? Tail);
