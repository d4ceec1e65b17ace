using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Streams.Broker.Groups;
using Streams.Broker.Partitions;

namespace Streams.Broker;

/// <summary>Retention, compaction and expiry of offsets, one round at a time. A partition that fails does not keep the others from their turn.</summary>
internal sealed class BrokerMaintenance(
    PartitionTable partitions, GroupCoordinator groups, bool retentionWaitsForGroups, ILogger<BrokerMaintenance> logger)
{
    private static readonly Dictionary<TopicPartition, long> NoOffsets = [];

    private readonly ConcurrentDictionary<TopicPartition, long> _overtaken = new();

    /// <summary>Gets the partitions where retention by size has passed a group since the start, and where they began afterwards.</summary>
    public IReadOnlyDictionary<TopicPartition, long> Overtaken => _overtaken;

    /// <summary>Runs a round each interval until it is cancelled.</summary>
    public async Task RunAsync(TimeSpan interval, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                await RunOnceAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            BrokerLog.MaintenanceStopped(logger);
        }
    }

    /// <summary>Runs one round.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Offsets that expire first no longer hold records back.
            var expired = await groups.ExpireOffsetsAsync(cancellationToken).ConfigureAwait(false);
            if (expired > 0)
            {
                BrokerLog.OffsetsExpired(logger, expired);
            }
        }
        catch (StreamsException error)
        {
            BrokerLog.ExpiryFailed(logger, error);
        }

        var lowest = retentionWaitsForGroups ? groups.LowestCommittedOffsets() : NoOffsets;
        foreach (var partition in partitions.All)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Tend(partition, lowest.TryGetValue(partition.Name, out var offset) ? offset : null, cancellationToken);
        }
    }

    private void Tend(Partition partition, long? lowestGroupOffset, CancellationToken cancellationToken)
    {
        try
        {
            var retention = partition.Log.ApplyRetention(lowestGroupOffset);
            if (retention.SegmentsDeleted > 0)
            {
                BrokerLog.SegmentsDeleted(logger, partition.Name, retention.SegmentsDeleted, retention.BytesDeleted, retention.StartOffset);
            }

            if (retention.OvertookGroup)
            {
                _overtaken[partition.Name] = retention.StartOffset;
                BrokerLog.GroupOvertaken(logger, partition.Name, lowestGroupOffset ?? -1, retention.StartOffset);
            }

            if (partition.Log.Options.Compact)
            {
                var compaction = partition.Log.Compact(cancellationToken);
                if (compaction.RecordsRemoved > 0)
                {
                    BrokerLog.Compacted(logger, partition.Name, compaction.RecordsRemoved, compaction.BytesBefore, compaction.BytesAfter);
                }
            }
        }
        catch (StreamsException) when (partition.IsClosed)
        {
            BrokerLog.PartitionGone(logger, partition.Name);
        }
        catch (StreamsException error)
        {
            BrokerLog.MaintenanceFailed(logger, error, partition.Name);
        }
    }
}
