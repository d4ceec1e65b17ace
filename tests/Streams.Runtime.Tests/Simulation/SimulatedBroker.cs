using Streams.Runtime.Tests.Scripting;
using Streams.Transport;

namespace Streams.Runtime.Tests.Simulation;

/// <summary>What outlives processes: records and committed offsets. How it answers is drawn from the schedule's chance.</summary>
internal sealed class SimulatedBroker(DeliveryModel model, Random chance) : ITransport
{
    private static readonly StreamsErrorCode[] ForNow =
    [
        StreamsErrorCode.Timeout, StreamsErrorCode.CoordinatorNotAvailable, StreamsErrorCode.CoordinatorLoadInProgress,
        StreamsErrorCode.RebalanceInProgress, StreamsErrorCode.NotLeader,
    ];

    private long _epoch;

    public SimulatedPartition[] Partitions { get; } = [new(new("orders", 0)), new(new("orders", 1))];

    public DeliveryModel Model => model;

    public Random Chance => chance;

    /// <summary>How often in a hundred something fails or takes its time.</summary>
    public int Trouble { get; set; } = 12;

    /// <summary>Counts what went wrong with commits, and when time went on with work left undone, so that a caller sees whether there was anything.</summary>
    public int Troubles { get; set; }

    public bool HasFailedForGood { get; set; }

    /// <summary>The process that makes the next consumer.</summary>
    public ScriptedProcess? Process { get; set; }

    public SimulatedMember? Member { get; private set; }

    /// <summary>Puts a mistake between the runtime and the broker.</summary>
    public PlantedMistake? Mistake { get; init; }

    public ITopics Topics => throw new NotSupportedException();

    public bool IsTrouble() => chance.Next(100) < Trouble;

    public StreamsException RefusalForNow() => new("Not now.") { Code = ForNow[chance.Next(ForNow.Length)] };

    public SimulatedPartition Find(TopicPartition partition) => Partitions[partition.Partition];

    public Lease NewLease(TopicPartition partition) => new(partition, ++_epoch);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ITransportProducer CreateProducer(ProducerSettings settings) => throw new NotSupportedException();

    public ITransportConsumer CreateConsumer(ConsumerSettings settings, IConsumerListener listener)
    {
        Member = new(this, Process!, listener);
        return Mistake is { } mistake ? new MistakenMember(Member, this, mistake) : Member;
    }

    /// <summary>The member's process has died: what it held is nobody's, and what it had on the way never arrives.</summary>
    public void ForgetMember()
    {
        Member = null;
        Array.ForEach(Partitions, partition => partition.Lease = null);
    }

    public ValueTask<RecordBlock> ReadAsync(TopicPartition partition, long offset, int bytesMax, CancellationToken cancellationToken)
        => throw new NotSupportedException();

    public ValueTask<IReadOnlyDictionary<TopicPartition, OffsetRange>> OffsetRangesAsync(
        IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken)
        => new(partitions.ToDictionary(partition => partition, partition => new OffsetRange(0, Find(partition).End)));

    public ValueTask<long> OffsetAtAsync(TopicPartition partition, long timestamp, CancellationToken cancellationToken)
        => throw new NotSupportedException();

    public ValueTask<IReadOnlyDictionary<TopicPartition, long>> CommittedOffsetsAsync(
        string groupId, IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken)
    {
        if (IsTrouble())
        {
            return ValueTask.FromException<IReadOnlyDictionary<TopicPartition, long>>(RefusalForNow());
        }

        var found = new Dictionary<TopicPartition, long>();
        foreach (var partition in partitions)
        {
            model.BeginLease(Find(partition), Find(partition).Committed ?? 0);
            if (Find(partition).Committed is { } committed)
            {
                found[partition] = committed;
            }
        }

        return new(found);
    }

    public ValueTask<IReadOnlyDictionary<TopicPartition, string>> AssignmentAsync(string groupId, CancellationToken cancellationToken)
        => new(new Dictionary<TopicPartition, string>());

    public ValueTask DisposeAsync() => default;
}
