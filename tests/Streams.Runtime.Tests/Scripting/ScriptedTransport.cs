using Streams.Transport;

namespace Streams.Runtime.Tests.Scripting;

/// <summary>A broker on a string: one member, whose leases, answers and failures the test decides. Single-threaded.</summary>
internal sealed class ScriptedTransport : ITransport, ITopics
{
    private readonly SortedDictionary<TopicPartition, ScriptedPartition> _partitions = [];
    private long _epoch;

    public ScriptedTransport(ManualScheduler scheduler, TimeProvider time)
    {
        Scheduler = scheduler;
        Time = time;
        Journal = new(this);
    }

    public Dictionary<TopicPartition, long> Committed { get; } = [];

    /// <summary>What groups other than the tested one have committed.</summary>
    public Dictionary<string, Dictionary<TopicPartition, long>> CommittedOfOthers { get; } = [];

    /// <summary>Whether fetches are answered.</summary>
    public bool IsServing { get; set; } = true;

    public Dictionary<TopicPartition, string> Members { get; } = [];

    public ScriptedMember? Member { get; private set; }

    public List<ScriptedBlock> Blocks { get; } = [];

    public ManualScheduler Scheduler { get; }

    public TimeProvider Time { get; }

    public DeliveryJournal Journal { get; }

    public int BlockRecordsMax { get; set; } = 100;

    public Queue<StreamsException> LookupFailures { get; } = new();

    public ITopics Topics => this;

    public ScriptedPartition this[TopicPartition partition]
    {
        get
        {
            if (!_partitions.TryGetValue(partition, out var found))
            {
                _partitions[partition] = found = new();
            }

            return found;
        }
    }

    public void Add(TopicPartition partition, string? key = null, string? type = "Order", byte[]? value = null, long? offset = null)
    {
        var headers = new RecordHeaders();
        if (type is not null)
        {
            headers.Add(StreamsHeaders.Type, type);
        }

        var target = this[partition];
        target.Add(new(offset ?? target.End, key, value ?? [1], headers) { IsForHandlers = type != "Other" });
        Member?.Wake(partition);
    }

    /// <summary>Adds a record without a value.</summary>
    public void AddTombstone(TopicPartition partition, string key, bool isForHandlers)
    {
        var target = this[partition];
        target.Add(new(target.End, key, null, new() { { StreamsHeaders.Type, "Order" } }) { IsForHandlers = isForHandlers });
        Member?.Wake(partition);
    }

    public Lease NewLease(TopicPartition partition) => new(partition, ++_epoch);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ITransportProducer CreateProducer(ProducerSettings settings) => throw new NotSupportedException();

    public ITransportConsumer CreateConsumer(ConsumerSettings settings, IConsumerListener listener)
        => Member = new ScriptedMember(this, settings, listener);

    public ValueTask<RecordBlock> ReadAsync(TopicPartition partition, long offset, int bytesMax, CancellationToken cancellationToken)
        => throw new NotSupportedException();

    public ValueTask<IReadOnlyDictionary<TopicPartition, OffsetRange>> OffsetRangesAsync(
        IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken)
        => new(partitions.Where(_partitions.ContainsKey)
            .ToDictionary(partition => partition, partition => new OffsetRange(this[partition].Start, this[partition].End)));

    public ValueTask<long> OffsetAtAsync(TopicPartition partition, long timestamp, CancellationToken cancellationToken)
        => new(this[partition].Records.Find(record => 1_000 + record.Offset >= timestamp)?.Offset ?? this[partition].End);

    public ValueTask<IReadOnlyDictionary<TopicPartition, long>> CommittedOffsetsAsync(
        string groupId, IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken)
        => LookupFailures.TryDequeue(out var failure)
            ? ValueTask.FromException<IReadOnlyDictionary<TopicPartition, long>>(failure)
            : new(Of(CommittedOfOthers.GetValueOrDefault(groupId, Committed), partitions));

    public ValueTask<IReadOnlyDictionary<TopicPartition, string>> AssignmentAsync(string groupId, CancellationToken cancellationToken)
        => new(Members);

    public ValueTask<TopicDescription?> DescribeAsync(string topic, CancellationToken cancellationToken = default)
    {
        var count = _partitions.Keys.Count(partition => partition.Topic == topic);
        return new(count == 0 ? null : new TopicDescription(topic, Guid.Empty, count, false, new Dictionary<string, string>()));
    }

    public ValueTask<TopicDescription> CreateAsync(TopicSpecification topic, CancellationToken cancellationToken = default)
        => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<TopicDescription>> ListAsync(CancellationToken cancellationToken = default)
        => throw new NotSupportedException();

    public ValueTask AddPartitionsAsync(string topic, int partitionCount, CancellationToken cancellationToken = default)
        => throw new NotSupportedException();

    public ValueTask ConfigureAsync(string topic, IReadOnlyDictionary<string, string?> settings,
        CancellationToken cancellationToken = default)
        => throw new NotSupportedException();

    public ValueTask DeleteAsync(string topic, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => default;

    private static Dictionary<TopicPartition, long> Of(
        Dictionary<TopicPartition, long> committed, IReadOnlyCollection<TopicPartition> partitions)
        => partitions.Where(committed.ContainsKey).ToDictionary(partition => partition, partition => committed[partition]);
}
