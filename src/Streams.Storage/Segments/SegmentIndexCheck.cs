namespace Streams.Storage.Segments;

/// <summary>
/// Compares indexes that were read with their log, in a few small reads: Kafka's index files have no checksum, and one that is older than its log
/// looks like any other. It is the end that tells.
/// </summary>
internal static class SegmentIndexCheck
{
    /// <summary>Returns what shows that the indexes are not those of the log; <see langword="null"/> where they may be.</summary>
    public static string? FindFault(LogSegment segment, SegmentIndex index, int intervalBytes)
        => FindEndFault(segment, index, intervalBytes) ?? FindTimeFault(segment, index, intervalBytes);

    private static string? FindEndFault(LogSegment segment, SegmentIndex index, int intervalBytes)
    {
        var start = index.LastOffset.Position;
        var lastOffset = segment.BaseOffset + index.LastOffset.RelativeOffset;
        for (long position = start; position < segment.Size;)
        {
            if (!segment.TryReadHeader(position, out var header) || (position == start && start > 0 && header.LastOffset != lastOffset))
            {
                return $"the last entry leads to position {start}, where nothing fits it";
            }

            if (position - start > intervalBytes)
            {
                return $"it ends at position {start} of a log of {segment.Size} bytes";
            }

            if (header.MaxTimestamp > index.MaxTimestamp)
            {
                return $"its largest time is {index.MaxTimestamp}, the log holds {header.MaxTimestamp}";
            }

            position += header.Size;
        }

        return null;
    }

    private static string? FindTimeFault(LogSegment segment, SegmentIndex index, int intervalBytes)
    {
        if (index.LastTime is not { } last)
        {
            return null;
        }

        var offset = segment.BaseOffset + last.RelativeOffset;
        var start = index.EntryOf(offset).Position;
        for (long position = start; position - start <= intervalBytes && segment.TryReadHeader(position, out var header);)
        {
            if (header.LastOffset >= offset)
            {
                return header.MaxTimestamp == last.Timestamp
                    ? null
                    : $"its last time is {last.Timestamp}, the batch at offset {offset} has {header.MaxTimestamp}";
            }

            position += header.Size;
        }

        return $"its last time is that of offset {offset}, which is not there";
    }
}
