using System.Collections.Concurrent;
using Streams.Runtime.Connection;
using Streams.Runtime.Reading;
using Streams.Transport;

namespace Streams.Runtime.Producing;

/// <summary>
/// Makes the host's producers and readers, one per message type, all of them on one producer of the transport, so that the order of
/// a caller's records and the bounds of the buffer hold over all types. Owned by the hosted service. Thread-safe.
/// </summary>
internal sealed class ProducerFactory(TransportConnection connection, ProducerSettings settings, Random? random = null)
    : IProducerFactory, IAsyncDisposable
{
    private readonly ConcurrentDictionary<Type, object> _producers = new();
    private readonly ConcurrentDictionary<Type, object> _readers = new();
    private readonly Random _random = random ?? Random.Shared;
    private volatile ITransportProducer? _transport;
    private bool _disposed;

    /// <summary>Gets how large a part of a record may be: what does not fit into the transport's buffer can never be produced.</summary>
    public long RecordBytesMax => settings.BufferBytesMax;

    /// <summary>Gets the transport's producer.</summary>
    /// <exception cref="StreamsException">The host has not started, or has stopped.</exception>
    public ITransportProducer Transport => _transport ?? throw connection.NotOpen();

    /// <inheritdoc />
    public IProducer<T> CreateProducer<T>()
        where T : IMessage<T>
        => (IProducer<T>)_producers.GetOrAdd(
            typeof(T),
            static (_, factory) => new Producer<T>(factory, factory.TopicOf(T.Descriptor)),
            this);

    /// <inheritdoc />
    public IReader<T> CreateReader<T>()
        where T : IMessage<T>
        => (IReader<T>)_readers.GetOrAdd(
            typeof(T),
            static (_, factory) => new Reader<T>(factory.Connection, factory.TopicOf(T.Descriptor)),
            this);

    /// <summary>Connects the producers. The connection is open.</summary>
    public void Open() => _transport = connection.Transport.CreateProducer(settings);

    /// <summary>Completes once everything queued so far is acknowledged or has failed; at once where nothing is open.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => _transport?.FlushAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>Closes the transport's producer; what is queued fails unless it was flushed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        var transport = _transport;
        _transport = null;
        if (transport is not null)
        {
            await transport.DisposeAsync().ConfigureAwait(false);
        }
    }

    internal UnkeyedSpreader CreateSpreader(Unkeyed unkeyed) => new(unkeyed, settings.BatchBytesMax, _random);

    internal int RecheckPartitionCount(MessageTopic topic)
    {
        var count = connection.RecheckPartitionCount(topic);
        return count > 0 ? count : throw ProducingErrors.NoSuchPartition(topic, 0);
    }

    private TransportConnection Connection => connection;

    private MessageTopic TopicOf(MessageDescriptor message) => connection.Topics.TopicOf(message);
}
