namespace Streams.Storage.Segments;

/// <summary>Which offsets the batches of a segment may have.</summary>
/// <param name="Min">The smallest offset of the first batch.</param>
/// <param name="End">No offset is there or behind, as far as is known.</param>
internal readonly record struct OffsetBounds(long Min, long End)
{
    /// <summary>Returns the bounds where only the beginning is known.</summary>
    public static OffsetBounds From(long min) => new(min, long.MaxValue);
}
