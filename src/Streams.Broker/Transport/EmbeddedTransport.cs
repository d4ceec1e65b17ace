using Microsoft.Extensions.Logging;
using Streams.Broker.Partitions;
using Streams.Broker.Transport.Consuming;
using Streams.Broker.Transport.Producing;
using Streams.Transport;

namespace Streams.Broker.Transport;

/// <summary>The way to the broker in this process: no socket, the same rules. Owns its broker. Thread-safe once started.</summary>
internal sealed class EmbeddedTransport : ITransport
{
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly EmbeddedTopics _topics;

    /// <summary>Initializes a new instance of the <see cref="EmbeddedTransport"/> class.</summary>
    /// <param name="options">How the broker behaves.</param>
    /// <param name="time">The clock of everything.</param>
    /// <param name="loggers">Where loggers come from.</param>
    public EmbeddedTransport(BrokerOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        _time = time;
        _loggers = loggers;
        Broker = new(options, time, loggers);
        _topics = new(Broker);
    }

    /// <summary>Gets the broker.</summary>
    public EmbeddedBroker Broker { get; }

    /// <inheritdoc />
    public ITopics Topics => _topics;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Broker.StartAsync(cancellationToken);

    /// <inheritdoc />
    public ITransportProducer CreateProducer(ProducerSettings settings)
        => new EmbeddedProducer(settings, Broker.Partitions, _time, _loggers.CreateLogger<EmbeddedProducer>());

    /// <inheritdoc />
    public ITransportConsumer CreateConsumer(ConsumerSettings settings, IConsumerListener listener)
        => new EmbeddedConsumer(
            settings, listener, Broker.Groups, new EmbeddedConsumerData(Broker), _time, _loggers.CreateLogger<EmbeddedConsumer>());

    /// <inheritdoc />
    public ValueTask<RecordBlock> ReadAsync(TopicPartition partition, long offset, int bytesMax, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<RecordBlock>(cancellationToken);
        }

        var source = Broker.Partitions.Get(partition);
        return source.TryRead(offset, bytesMax, out var block)
            ? new(block)
            : WaitThenReadAsync(source, offset, bytesMax, cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyDictionary<TopicPartition, OffsetRange>> OffsetRangesAsync(
        IReadOnlyCollection<TopicPartition> partitions,
        CancellationToken cancellationToken)
    {
        var ranges = new Dictionary<TopicPartition, OffsetRange>(partitions.Count);
        foreach (var partition in partitions)
        {
            ranges[partition] = Broker.Partitions.Get(partition).Offsets;
        }

        return new(ranges);
    }

    /// <inheritdoc />
    public ValueTask<long> OffsetAtAsync(TopicPartition partition, long timestamp, CancellationToken cancellationToken)
    {
        var source = Broker.Partitions.Get(partition);

        // Taken before the search: a record that comes in between is behind this end, and so not passed over by starting there.
        var end = source.Offsets.End;
        return new(source.OffsetAtTime(timestamp) ?? end);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyDictionary<TopicPartition, long>> CommittedOffsetsAsync(
        string groupId,
        IReadOnlyCollection<TopicPartition> partitions,
        CancellationToken cancellationToken)
        => new(Broker.Groups.FetchOffsets(groupId, partitions).ToDictionary(offset => offset.Key, offset => offset.Value.Offset));

    /// <inheritdoc />
    public async ValueTask<IReadOnlyDictionary<TopicPartition, string>> AssignmentAsync(string groupId, CancellationToken cancellationToken)
    {
        var group = await Broker.Groups.DescribeAsync(groupId, cancellationToken).ConfigureAwait(false);
        var assignment = new Dictionary<TopicPartition, string>();
        foreach (var member in group?.Members ?? [])
        {
            foreach (var partition in member.Partitions)
            {
                assignment[partition] = member.MemberId;
            }
        }

        return assignment;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Broker.DisposeAsync();

    private static async ValueTask<RecordBlock> WaitThenReadAsync(
        Partition source, long offset, int bytesMax, CancellationToken cancellationToken)
    {
        while (true)
        {
            await PartitionWait.WaitAsync(source, offset, cancellationToken).ConfigureAwait(false);
            if (source.TryRead(offset, bytesMax, out var block))
            {
                return block;
            }
        }
    }
}
