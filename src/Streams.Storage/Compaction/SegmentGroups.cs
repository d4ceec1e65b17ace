using Streams.Storage.Segments;

namespace Streams.Storage.Compaction;

/// <summary>Which segments compaction writes again as one.</summary>
internal static class SegmentGroups
{
    /// <summary>Neighbours that fit into one segment together, so that compaction does not leave a trail of tiny ones.</summary>
    public static IEnumerable<List<LogSegment>> Of(IEnumerable<LogSegment> segments, int segmentBytesMax)
    {
        var group = new List<LogSegment>();
        long size = 0;
        foreach (var segment in segments)
        {
            if (group.Count > 0
                && (size + segment.Size > segmentBytesMax || segment.BaseOffset - group[0].BaseOffset > int.MaxValue / 2))
            {
                yield return group;
                group = [];
                size = 0;
            }

            group.Add(segment);
            size += segment.Size;
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }
}
