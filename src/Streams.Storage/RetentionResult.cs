namespace Streams.Storage;

/// <summary>What retention did.</summary>
/// <param name="SegmentsDeleted">How many segments are gone.</param>
/// <param name="BytesDeleted">How many bytes they held.</param>
/// <param name="StartOffset">Where the log starts now.</param>
/// <param name="OvertookGroup">Retention by size passed the lowest committed offset of a known group.</param>
/// <param name="HeldByGroup">Retention by time would have deleted more, but a known group has not committed past it.</param>
internal readonly record struct RetentionResult(
    int SegmentsDeleted, long BytesDeleted, long StartOffset, bool OvertookGroup, bool HeldByGroup);
