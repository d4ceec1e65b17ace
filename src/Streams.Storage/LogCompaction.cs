using Streams.Storage.Compaction;
using Streams.Storage.Segments;

namespace Streams.Storage;

/// <summary>
/// Compaction of one log: which segments, whether it is worth the work, and the exchange of files. One run at a time, under the log's lock of the
/// upkeep; appends and reads go on beside it.
/// </summary>
internal sealed class LogCompaction(SegmentedLog log, LogContext context, long cleanOffset)
{
    private long _cleanOffset = cleanOffset;

    /// <summary>Compacts what is old enough, where enough of it is dirty.</summary>
    public CompactionResult Run(LogOptions options, CancellationToken cancellationToken)
    {
        var cleanable = Cleanable(options, out var end);
        if (!options.Compact || !IsWorthIt(cleanable, end, options.MinDirtyRatio))
        {
            return new(_cleanOffset, 0, 0, 0);
        }

        var compactor = new SegmentCompactor(context.Segments, cancellationToken);
        var known = compactor.Learn(cleanable, Math.Max(_cleanOffset, log.StartOffset), end);
        return Rewrite(compactor, cleanable, known, options);
    }

    /// <summary>The closed and visible segments that are old enough.</summary>
    private LogSegment[] Cleanable(LogOptions options, out long end)
    {
        var segments = log.Segments;
        var newest = context.Time.Before(options.MinCompactionLag);
        var count = 0;
        while (count + 1 < segments.Length
            && segments[count + 1].BaseOffset <= log.HighWatermark
            && (options.MinCompactionLag == TimeSpan.Zero || segments[count].MaxTimestamp <= newest))
        {
            count++;
        }

        end = segments[count].BaseOffset;
        return segments[..count];
    }

    private bool IsWorthIt(LogSegment[] cleanable, long end, double ratio)
    {
        long total = 0;
        long dirty = 0;
        for (var index = 0; index < cleanable.Length; index++)
        {
            total += cleanable[index].Size;
            if ((index + 1 < cleanable.Length ? cleanable[index + 1].BaseOffset : end) > _cleanOffset)
            {
                dirty += cleanable[index].Size;
            }
        }

        return dirty > 0 && dirty >= ratio * total;
    }

    private CompactionResult Rewrite(SegmentCompactor compactor, LogSegment[] cleanable, long known, LogOptions options)
    {
        long before = 0;
        long after = 0;
        long removed = 0;
        var now = context.Time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var group in SegmentGroups.Of(cleanable.TakeWhile(segment => segment.BaseOffset < known), options.SegmentBytesMax))
        {
            var (writer, gone) = compactor.Write(group, now, options.DeleteRetention);
            using (writer)
            {
                Commit(group, writer);
                before += group.Sum(segment => segment.Size);
                removed += gone;
                after += Exchange(group, writer).Size;
            }
        }

        _cleanOffset = known;
        context.Checkpoints.SaveCleanOffset(log.Partition, known);
        return new(known, before, after, removed);
    }

    private void Commit(List<LogSegment> old, SegmentWriter writer)
    {
        // Readers that hold the old segments go on with what is in memory and open, for the names will soon mean something else.
        old.ForEach(segment => segment.Pin());
        try
        {
            writer.Commit();
        }
        catch (StreamsException error) when (writer.IsSwapLeft)
        {
            log.Fail(error);
            throw;
        }
    }

    // The order of Kafka's replaceSegments: the swap file is committed, the old files go, the swap file gets its name. A crash anywhere
    // leaves the old segments or the new one.
    private LogSegment Exchange(List<LogSegment> old, SegmentWriter writer)
    {
        try
        {
            old.ForEach(segment => segment.Retire());
            if (old.Count > 1)
            {
                old.Skip(1).ToList().ForEach(segment => segment.DeleteFiles());

                // Before the swap file gets its name: without it nobody would know any more that these are replaced.
                context.Segments.Files.SyncDirectory(context.Segments.Directory);
            }

            var published = writer.Publish();
            log.Exchange(old, published);
            return published;
        }
        catch (StreamsException error)
        {
            // Old and new files are mixed now; the next start finishes the exchange.
            log.Fail(error);
            throw;
        }
    }
}
