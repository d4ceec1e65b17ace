namespace Streams.Storage.Segments;

/// <summary>Where a log would start after retention, by Kafka's rules: whole closed segments, oldest first, nothing that is not visible yet.</summary>
internal static class SegmentRetention
{
    /// <summary>By age: segments whose newest record is older, up to the first one a group still needs.</summary>
    /// <param name="segments">All segments; the last one stays.</param>
    /// <param name="oldest">The oldest timestamp that is kept.</param>
    /// <param name="visibleEnd">The high watermark.</param>
    /// <param name="needed">The first offset somebody needs, or <see langword="null"/>.</param>
    /// <param name="held">A segment is old enough but needed.</param>
    public static long StartByAge(LogSegment[] segments, long oldest, long visibleEnd, long? needed, out bool held)
    {
        var start = segments[0].BaseOffset;
        held = false;
        for (var index = 0; index + 1 < segments.Length && segments[index].MaxTimestamp < oldest; index++)
        {
            var end = segments[index + 1].BaseOffset;
            held = needed < end;
            if (held || end > visibleEnd)
            {
                break;
            }

            // Records without a time are as old as those behind them: they go when those go.
            if (segments[index].MaxTimestamp >= 0 || segments[index].Size == 0)
            {
                start = end;
            }
        }

        return start;
    }

    /// <summary>By size: segments without which at least that many bytes are left.</summary>
    public static long StartBySize(LogSegment[] segments, long bytesMax, long visibleEnd)
    {
        var size = segments.Sum(segment => segment.Size);
        var start = segments[0].BaseOffset;
        for (var index = 0; index + 1 < segments.Length && size - segments[index].Size >= bytesMax; index++)
        {
            var end = segments[index + 1].BaseOffset;
            if (end > visibleEnd)
            {
                break;
            }

            size -= segments[index].Size;
            start = end;
        }

        return start;
    }

    /// <summary>Deletes the files of segments the log does not know any more.</summary>
    public static void Discard(SegmentContext context, IEnumerable<LogSegment> segments)
    {
        foreach (var segment in segments)
        {
            try
            {
                segment.DeleteFiles();
            }
            catch (StreamsException error)
            {
                SegmentLog.LeftBehind(context.Logger, error, segment.Path);
            }

            segment.Release();
        }
    }
}
