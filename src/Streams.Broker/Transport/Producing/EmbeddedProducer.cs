using Microsoft.Extensions.Logging;
using Streams.Broker.Partitions;
using Streams.Transport;

namespace Streams.Broker.Transport.Producing;

/// <summary>
/// A producer in the process of the broker: records go straight into the open batch of their partition, in wire format. An append in this
/// process returns exactly once, so nothing is ever sent twice and idempotence needs no numbers. Thread-safe; owned by whoever made it.
/// </summary>
internal sealed class EmbeddedProducer : ITransportProducer
{
    private readonly PartitionTable _partitions;
    private readonly ProducerContext _context;
    private readonly Lock _gate = new();
    private volatile Dictionary<string, ProducerTopic> _topics = new(StringComparer.Ordinal);
    private volatile ProducerTopic? _lastTopic;
    private volatile bool _isClosed;

    /// <summary>Initializes a new instance of the <see cref="EmbeddedProducer"/> class.</summary>
    /// <param name="settings">What it is told.</param>
    /// <param name="partitions">The broker's partitions.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <exception cref="StreamsException">InvalidConfiguration, with every fault at once.</exception>
    public EmbeddedProducer(ProducerSettings settings, PartitionTable partitions, TimeProvider time, ILogger<EmbeddedProducer> logger)
    {
        _partitions = partitions;
        _context = new(settings, time, logger);
    }

    /// <inheritdoc />
    public ValueTask<RecordMetadata> ProduceAsync(in OutgoingRecord record, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<RecordMetadata>(cancellationToken);
        }

        try
        {
            var partition = PartitionOf(record.Topic, record.Partition);
            var size = partition.Check(record);
            return _context.Buffer.TryReserve(size)
                ? partition.AppendAwaited(record, size, mayWrite: true, cancellationToken)
                : WaitForSpace(partition, record, size, cancellationToken);
        }
        catch (StreamsException error)
        {
            return ValueTask.FromException<RecordMetadata>(error);
        }
    }

    /// <inheritdoc />
    public void Produce(in OutgoingRecord record, Action<ProduceReport>? report)
    {
        var partition = PartitionOf(record.Topic, record.Partition);
        var size = partition.Check(record);
        if (!_context.Buffer.TryReserve(size))
        {
            throw BufferFull(size);
        }

        partition.Append(record, size, report);
    }

    /// <inheritdoc />
    public Task FlushAsync(CancellationToken cancellationToken)
        => cancellationToken.IsCancellationRequested
            ? Task.FromCanceled(cancellationToken)
            : FlushAllAsync().WaitAsync(cancellationToken);

    /// <summary>Takes no more records, and waits until those queued are acknowledged or have failed, at most for the delivery timeout, and are reported.</summary>
    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        await FlushAllAsync().ConfigureAwait(false);
        foreach (var partition in OpenPartitions())
        {
            partition.Dispose();
        }
    }

    private async Task FlushAllAsync()
    {
        await _context.Buffer.WhenAdmittedAsync().ConfigureAwait(false);
        await Task.WhenAll(OpenPartitions().Select(partition => partition.FlushAsync())).ConfigureAwait(false);
        await _context.Reports.WhenReportedAsync().ConfigureAwait(false);
    }

    private ProducerPartition[] OpenPartitions()
        => [.. _topics.Values.SelectMany(topic => topic.Partitions).OfType<ProducerPartition>()];

    private ValueTask<RecordMetadata> WaitForSpace(
        ProducerPartition partition, in OutgoingRecord record, int size, CancellationToken cancellationToken)
    {
        var waiter = new SpaceWaiter(partition, record, size, cancellationToken);
        _context.Buffer.Wait(waiter);
        return waiter.WaitAsync(_context.Buffer);
    }

    // A caller mostly produces to one topic, and then with the same text object: that spares the look-up.
    private ProducerPartition PartitionOf(string topic, int partition)
    {
        if (_isClosed)
        {
            throw new StreamsException("The producer is closed. Make another one.") { Code = StreamsErrorCode.Closed };
        }

        var known = _lastTopic;
        if (known is null || !ReferenceEquals(known.Name, topic))
        {
            _topics.TryGetValue(topic, out known);
            _lastTopic = known;
        }

        return known is not null && (uint)partition < (uint)known.Partitions.Length
            && known.Partitions[partition] is { IsClosed: false } open
            ? open
            : Open(topic, partition);
    }

    private ProducerPartition Open(string topic, int partition)
    {
        var source = _partitions.Get(new(topic, partition));
        if (source.IsInternal)
        {
            throw new StreamsException($"Topic '{topic}' is the broker's own and cannot be produced "
                + $"to.") { Code = StreamsErrorCode.NotAllowed };
        }

        lock (_gate)
        {
            var known = _topics.GetValueOrDefault(topic);
            if (known is not null && partition < known.Partitions.Length && known.Partitions[partition] is { IsClosed: false } open)
            {
                _lastTopic = known;
                return open;
            }

            // Readers hold no lock: what they see is never changed, only replaced.
            var partitions = new ProducerPartition?[Math.Max(partition + 1, known?.Partitions.Length ?? 0)];
            known?.Partitions.CopyTo(partitions, 0);
            var opened = new ProducerPartition(source, _context);
            partitions[partition] = opened;
            _topics = new(_topics, StringComparer.Ordinal) { [topic] = new(topic, partitions) };
            _lastTopic = null;
            return opened;
        }
    }

    private StreamsException BufferFull(int size)
        => new(
            $"The producer's buffer is full: {_context.Buffer.UsedBytes} of {_context.Buffer.BytesMax} bytes wait for "
            + "acknowledgement, and the record takes "
            + $"{size}. Await ProduceAsync, which waits for room, or raise BufferBytesMax.")
        {
            Code = StreamsErrorCode.BufferFull,
        };
}
