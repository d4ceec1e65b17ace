using Streams.Transport;

namespace Streams.Runtime.Reading;

/// <summary>Finds where reading begins and ends in each partition.</summary>
internal static class StartPositions
{
    /// <summary>Returns a cursor for each partition.</summary>
    public static async Task<List<PartitionCursor>> FindAsync(
        ITransport transport,
        IReadOnlyList<TopicPartition> partitions,
        ReadFrom from,
        ReadUntil until,
        CancellationToken cancellationToken)
    {
        var ranges = await transport.OffsetRangesAsync(partitions, cancellationToken).ConfigureAwait(false);
        var committed = from.Kind == ReadFromKind.Committed
            ? await transport.CommittedOffsetsAsync(from.GroupId!, partitions, cancellationToken).ConfigureAwait(false)
            : null;

        var cursors = new List<PartitionCursor>(partitions.Count);
        foreach (var partition in partitions)
        {
            if (!ranges.TryGetValue(partition, out var range))
            {
                throw PartitionIsMissing(partition);
            }

            var start = from.Kind switch
            {
                ReadFromKind.Earliest => range.Start,
                ReadFromKind.Latest => range.End,
                ReadFromKind.Offset => CheckedOffset(partition, from.Value, range),
                ReadFromKind.Time => await transport.OffsetAtAsync(partition, from.Value, cancellationToken).ConfigureAwait(false),
                ReadFromKind.Committed => committed!.TryGetValue(partition, out var offset) ? Math.Max(offset, range.Start) : range.Start,
                _ => throw new ArgumentOutOfRangeException(nameof(from), from.Kind, "There is no such place to read from."),
            };
            cursors.Add(new(partition, start, until == ReadUntil.End ? range.End : long.MaxValue));
        }

        return cursors;
    }

    private static long CheckedOffset(TopicPartition partition, long offset, OffsetRange range)
        => offset >= range.Start && offset <= range.End
            ? offset
            : throw new StreamsException(
                $"Offset {offset} is outside partition '{partition}', which holds {range.Start} to {range.End}. "
                + "Read a single partition from an offset inside it, or all of them from ReadFrom.Earliest or ReadFrom.Time.")
            {
                Code = StreamsErrorCode.OffsetOutOfRange,
            };

    private static StreamsException PartitionIsMissing(TopicPartition partition)
        => new($"Partition '{partition}' does not exist, so it cannot be read. "
            + "Look at ITopics.DescribeAsync for the topic's partition count.")
        {
            Code = StreamsErrorCode.UnknownTopicOrPartition,
        };
}
