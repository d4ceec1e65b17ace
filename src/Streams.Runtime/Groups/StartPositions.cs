using Streams.Transport;

namespace Streams.Runtime.Groups;

/// <summary>Looks up where partitions begin: at the committed offset, or where the group says. Stateless; asks the transport.</summary>
internal sealed class StartPositions(GroupDefinition definition, ITransport transport)
{
    /// <summary>Returns the start of each partition.</summary>
    public async Task<IReadOnlyDictionary<TopicPartition, StartPosition>> ResolveAsync(
        IReadOnlyList<TopicPartition> partitions, CancellationToken cancellationToken)
    {
        var committed = await transport.CommittedOffsetsAsync(definition.GroupId, partitions, cancellationToken).ConfigureAwait(false);
        var starts = new Dictionary<TopicPartition, StartPosition>();
        foreach (var partition in partitions)
        {
            starts[partition] = committed.TryGetValue(partition, out var offset)
                ? new(offset, offset, false, null)
                : await ResolveUncommittedAsync(partition, cancellationToken).ConfigureAwait(false);
        }

        return starts;
    }

    /// <summary>Returns where a partition begins whose committed offset it does not hold any more.</summary>
    public async Task<StartPosition> ResolveOutOfRangeAsync(TopicPartition partition, StreamsException outOfRange,
        CancellationToken cancellationToken)
        => definition.StartFrom == StartFrom.Fail
            ? new(0, null, false, outOfRange)
            : await ResolveUncommittedAsync(partition, cancellationToken).ConfigureAwait(false);

    /// <summary>Returns the offset of a place to go to.</summary>
    /// <exception cref="StreamsException">The offset is outside the partition (<see cref="StreamsErrorCode.OffsetOutOfRange"/>).</exception>
    public async Task<long> ResolveAsync(TopicPartition partition, ReadFrom target, CancellationToken cancellationToken)
    {
        var range = await RangeAsync(partition, cancellationToken).ConfigureAwait(false);
        switch (target.Kind)
        {
            case ReadFromKind.Earliest:
                return range.Start;
            case ReadFromKind.Latest:
                return range.End;
            case ReadFromKind.Time:
                return await transport.OffsetAtAsync(partition, target.Value, cancellationToken).ConfigureAwait(false);
            case ReadFromKind.Committed:
                var committed = await transport.CommittedOffsetsAsync(target.GroupId!, [partition],
                    cancellationToken).ConfigureAwait(false);
                return committed.TryGetValue(partition, out var offset) ? offset : range.Start;
            default:
                return target.Value >= range.Start && target.Value <= range.End
                    ? target.Value
                    : throw new StreamsException($"Offset {target.Value} is outside partition '{partition}', which holds "
                        + $"{range.Start} to {range.End}. "
                        + "Seek to an offset inside, or to ReadFrom.Earliest or ReadFrom.Latest.")
                    {
                        Code = StreamsErrorCode.OffsetOutOfRange,
                    };
        }
    }

    private async Task<StartPosition> ResolveUncommittedAsync(TopicPartition partition, CancellationToken cancellationToken)
    {
        if (definition.StartTime is { } time)
        {
            var offset = await transport.OffsetAtAsync(partition, time.ToUnixTimeMilliseconds(), cancellationToken).ConfigureAwait(false);
            return new(offset, null, false, null);
        }

        var range = await RangeAsync(partition, cancellationToken).ConfigureAwait(false);
        return definition.StartFrom switch
        {
            StartFrom.Earliest => new(range.Start, null, false, null),
            StartFrom.Latest => new(range.End, null, true, null),
            _ => new(range.Start, null, false, new(
                $"Group '{definition.GroupId}' has no committed offset on partition '{partition}' and is told to fail then (StartFrom "
                + "= Fail). "
                + "Seek the partition to where it is to begin, or set StartFrom to Earliest or Latest.")
            {
                Code = StreamsErrorCode.NoCommittedOffset,
            }),
        };
    }

    private async Task<OffsetRange> RangeAsync(TopicPartition partition, CancellationToken cancellationToken)
    {
        var ranges = await transport.OffsetRangesAsync([partition], cancellationToken).ConfigureAwait(false);
        return ranges.TryGetValue(partition, out var range)
            ? range
            : throw new StreamsException($"Partition '{partition}' does not exist. Check the topic's name and its partition count.")
            {
                Code = StreamsErrorCode.UnknownTopicOrPartition,
            };
    }
}
