using Microsoft.Extensions.Logging;
using Streams.Transport;

namespace Streams.Broker.Transport;

/// <summary>The way to the broker in this process: no socket, the same rules. Owns its broker. Thread-safe once started.</summary>
internal sealed class EmbeddedTransport : ITransport
{
    /// <summary>Initializes a new instance of the <see cref="EmbeddedTransport"/> class.</summary>
    /// <param name="options">How the broker behaves.</param>
    /// <param name="time">The clock of everything.</param>
    /// <param name="loggers">Where loggers come from.</param>
    public EmbeddedTransport(BrokerOptions options, TimeProvider time, ILoggerFactory loggers)
        => Broker = new(options, time, loggers);

    /// <summary>Gets the broker.</summary>
    public EmbeddedBroker Broker { get; }

    /// <inheritdoc />
    public ITopics Topics => throw new NotImplementedException();

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Broker.StartAsync(cancellationToken);

    /// <inheritdoc />
    public ITransportProducer CreateProducer(ProducerSettings settings) => throw new NotImplementedException();

    /// <inheritdoc />
    public ITransportConsumer CreateConsumer(ConsumerSettings settings, IConsumerListener listener) => throw new NotImplementedException();

    /// <inheritdoc />
    public ValueTask<RecordBlock> ReadAsync(TopicPartition partition, long offset, int bytesMax, CancellationToken cancellationToken)
        => throw new NotImplementedException();

    /// <inheritdoc />
    public ValueTask<IReadOnlyDictionary<TopicPartition, OffsetRange>> OffsetRangesAsync(
        IReadOnlyCollection<TopicPartition> partitions,
        CancellationToken cancellationToken)
        => throw new NotImplementedException();

    /// <inheritdoc />
    public ValueTask<long> OffsetAtAsync(TopicPartition partition, long timestamp, CancellationToken cancellationToken)
        => throw new NotImplementedException();

    /// <inheritdoc />
    public ValueTask<IReadOnlyDictionary<TopicPartition, long>> CommittedOffsetsAsync(
        string groupId,
        IReadOnlyCollection<TopicPartition> partitions,
        CancellationToken cancellationToken)
        => throw new NotImplementedException();

    /// <inheritdoc />
    public ValueTask<IReadOnlyDictionary<TopicPartition, string>> AssignmentAsync(string groupId, CancellationToken cancellationToken)
        => throw new NotImplementedException();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Broker.DisposeAsync();
}
