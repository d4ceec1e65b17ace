using Streams.Storage.Segments;

namespace Streams.Storage.Compaction;

/// <summary>
/// Both passes of compaction over closed segments: learning the last offset of each key, then writing the segments again without the rest. It
/// changes nothing that a reader or an append sees; the log exchanges the segments.
/// </summary>
internal sealed class SegmentCompactor(SegmentContext context, CancellationToken cancellationToken)
{
    private readonly LatestOffsets _latest = new(CompactionLimits.KeysMax);

    /// <summary>Learns the keys of segments, as far as memory allows.</summary>
    /// <param name="segments">Segments in order.</param>
    /// <param name="from">The first offset that matters; below it each key was the last already.</param>
    /// <param name="end">Where the segments end.</param>
    /// <returns>The offset up to which all keys are known.</returns>
    public long Learn(IEnumerable<LogSegment> segments, long from, long end)
    {
        var known = from;
        using var keys = new KeyReader();
        foreach (var segment in segments)
        {
            using var cursor = new BatchCursor(segment, segment.PositionOf(from));
            while (cursor.MoveNext())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (cursor.Header.LastOffset < from)
                {
                    continue;
                }

                if (!keys.TryRead(cursor.ReadBatch(), cursor.Header, _latest))
                {
                    return known;
                }

                known = cursor.Header.NextOffset;
            }
        }

        return end;
    }

    /// <summary>Writes a group of segments again as one.</summary>
    /// <returns>The writer, which is not committed yet, and how many records are gone.</returns>
    public (SegmentWriter Writer, long RecordsRemoved) Write(IReadOnlyList<LogSegment> group, long now, TimeSpan deleteRetention)
    {
        var writer = new SegmentWriter(context, group[0].BaseOffset);
        try
        {
            using var filter = new BatchFilter(_latest, now, deleteRetention);
            foreach (var segment in group)
            {
                using var cursor = new BatchCursor(segment, 0);
                while (cursor.MoveNext())
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    // The last batch of all stays, if only as a header: the swap after a crash reads from it what the new segment covers.
                    var isLast = segment == group[^1] && cursor.Position + cursor.Header.Size == segment.Size;
                    var kept = filter.Filter(cursor.ReadBatch(), cursor.Header, isLast);
                    if (!kept.IsEmpty)
                    {
                        writer.Append(kept);
                    }
                }
            }

            return (writer, filter.RecordsRemoved);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }
}
