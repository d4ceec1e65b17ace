using Streams.Transport;

namespace Streams.Runtime.Groups;

/// <summary>Puts together how a group stands from what the broker and this process know. Stateless.</summary>
internal sealed class GroupSnapshots(GroupDefinition definition, GroupWiring plan, ITransport transport, GroupLoop loop)
{
    /// <summary>Returns how the group stands: every partition of its topics. Committed offsets are read before ends, so lag is never negative.</summary>
    public async ValueTask<GroupSnapshot> TakeAsync(CancellationToken cancellationToken)
    {
        var partitions = await PartitionsAsync(cancellationToken).ConfigureAwait(false);
        var committed = await transport.CommittedOffsetsAsync(definition.GroupId, partitions, cancellationToken).ConfigureAwait(false);
        var ranges = await transport.OffsetRangesAsync(partitions, cancellationToken).ConfigureAwait(false);
        var members = await transport.AssignmentAsync(definition.GroupId, cancellationToken).ConfigureAwait(false);
        var local = await loop.ViewAsync().ConfigureAwait(false);

        var snapshots = new List<PartitionSnapshot>(partitions.Count);
        foreach (var partition in partitions.Where(ranges.ContainsKey))
        {
            var range = ranges[partition];
            var here = local.Partitions.GetValueOrDefault(partition);
            long? offset = committed.TryGetValue(partition, out var known) ? known : null;
            var from = offset ?? await StartAsync(partition, range, cancellationToken).ConfigureAwait(false);
            snapshots.Add(new(
                partition,
                here is not null && local.MemberId.Length > 0 ? local.MemberId : members.GetValueOrDefault(partition),
                here?.Worker?.Position,
                offset,
                range.End,
                Math.Max(0, range.End - Math.Max(from, range.Start)),
                here?.IsPaused ?? false,
                here?.Worker?.Oldest,
                here?.Stopped?.Error));
        }

        return new(definition.GroupId, snapshots, local.Failure);
    }

    /// <summary>Completes when nothing is left to handle anywhere; fails where that cannot come about by itself.</summary>
    public async Task WhenCaughtUpAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var snapshot = await TakeAsync(cancellationToken).ConfigureAwait(false);
            ThrowIfStopped(snapshot);
            if (snapshot.Lag == 0)
            {
                return;
            }

            var ends = snapshot.Partitions.ToDictionary(one => one.Partition, one => one.End);
            await loop.WhenCommittedAsync(ends, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void ThrowIfStopped(GroupSnapshot snapshot)
    {
        var stopped = snapshot.Partitions.FirstOrDefault(partition => partition.Failure is not null);
        if ((snapshot.Failure ?? stopped?.Failure) is { } failure)
        {
            var what = snapshot.Failure is null ? $"partition '{stopped!.Partition}' stands still" : "it has stopped";
            throw new StreamsException(
                $"Group '{snapshot.GroupId}' does not catch up: {what}. {failure.Message} Correct the cause and call ResumeAsync, or "
                + "restart the host; then wait again.",
                failure)
            {
                Code = failure is StreamsException known ? known.Code : StreamsErrorCode.Unknown,
            };
        }
    }

    private async Task<List<TopicPartition>> PartitionsAsync(CancellationToken cancellationToken)
    {
        var partitions = new List<TopicPartition>();
        foreach (var topic in plan.Consumer.Topics)
        {
            var description = await transport.Topics.DescribeAsync(topic, cancellationToken).ConfigureAwait(false);
            partitions.AddRange(Enumerable.Range(0, description?.Partitions ?? 0).Select(number => new TopicPartition(topic, number)));
        }

        return partitions;
    }

    private async ValueTask<long> StartAsync(TopicPartition partition, OffsetRange range, CancellationToken cancellationToken)
    {
        if (definition.StartTime is { } time)
        {
            return await transport.OffsetAtAsync(partition, time.ToUnixTimeMilliseconds(), cancellationToken).ConfigureAwait(false);
        }

        return definition.StartFrom == StartFrom.Latest ? range.End : range.Start;
    }
}
