using System.Runtime.CompilerServices;
using Streams.Transport;

namespace Streams.Runtime.Tests.Connection;

/// <summary>A transport over lists in memory: what a test put into a partition can be read; what is produced is kept.</summary>
internal sealed class FakeTransport : ITransport
{
    private readonly Dictionary<TopicPartition, FakePartition> _partitions = [];
    private readonly Dictionary<(string Group, TopicPartition Partition), long> _committed = [];

    public FakeTopics Topics { get; } = new();

    public FakeProducer Producer { get; } = new();

    public ProducerSettings? ProducerSettings { get; private set; }

    /// <summary>Gets how many blocks were handed out and not released.</summary>
    public StrongBox<int> BlocksHeld { get; } = new();

    ITopics ITransport.Topics => Topics;

    public FakePartition this[string topic, int partition]
    {
        get
        {
            var name = new TopicPartition(topic, partition);
            return _partitions.TryGetValue(name, out var log) ? log : _partitions[name] = new(BlocksHeld);
        }
    }

    public void Create(string topic, int partitions)
    {
        Topics.Set(topic, partitions);
        for (var partition = 0; partition < partitions; partition++)
        {
            _ = this[topic, partition];
        }
    }

    public void Commit(string group, TopicPartition partition, long offset) => _committed[(group, partition)] = offset;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ITransportProducer CreateProducer(ProducerSettings settings)
    {
        ProducerSettings = settings;
        return Producer;
    }

    public ITransportConsumer CreateConsumer(ConsumerSettings settings, IConsumerListener listener) => throw new NotSupportedException();

    public ValueTask<RecordBlock> ReadAsync(TopicPartition partition, long offset, int bytesMax, CancellationToken cancellationToken)
        => _partitions[partition].ReadAsync(offset, cancellationToken);

    public ValueTask<IReadOnlyDictionary<TopicPartition, OffsetRange>> OffsetRangesAsync(
        IReadOnlyCollection<TopicPartition> partitions,
        CancellationToken cancellationToken)
        => new((IReadOnlyDictionary<TopicPartition, OffsetRange>)partitions
            .Where(_partitions.ContainsKey)
            .ToDictionary(partition => partition, partition => new OffsetRange(_partitions[partition].Start, _partitions[partition].End)));

    public ValueTask<long> OffsetAtAsync(TopicPartition partition, long timestamp, CancellationToken cancellationToken)
        => new(_partitions[partition].OffsetAt(timestamp));

    public ValueTask<IReadOnlyDictionary<TopicPartition, long>> CommittedOffsetsAsync(
        string groupId,
        IReadOnlyCollection<TopicPartition> partitions,
        CancellationToken cancellationToken)
        => new((IReadOnlyDictionary<TopicPartition, long>)partitions
            .Where(partition => _committed.ContainsKey((groupId, partition)))
            .ToDictionary(partition => partition, partition => _committed[(groupId, partition)]));

    public ValueTask<IReadOnlyDictionary<TopicPartition, string>> AssignmentAsync(string groupId, CancellationToken cancellationToken)
        => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
