namespace Streams.Storage.Segments;

/// <summary>What is said about a segment that is not as it was written.</summary>
internal static class SegmentErrors
{
    /// <summary>A batch that is not sound in a place where it was.</summary>
    public static StreamsException Damaged(string path, long position, string fault) => new(
        $"'{path}' is damaged at position {position}: {fault.TrimEnd('.')}. Check the disk, then start the application again: the start "
        + "sets the damaged bytes aside and keeps what is sound; groups that stand before them go on behind.")
    {
        Code = StreamsErrorCode.Corrupt,
    };

    /// <summary>A swap file, the result of a compaction that a stop has interrupted, is not sound.</summary>
    public static StreamsException DamagedSwap(string path, DamagedRange damage) => new(
        $"'{path}' was to take the place of older segments but is damaged: {damage}. Some of them may be gone already, so nothing was "
        + "changed. Restore the partition's folder; or move this file away and start again, where losing what only it holds is acceptable.")
    {
        Code = StreamsErrorCode.Corrupt,
    };
}
