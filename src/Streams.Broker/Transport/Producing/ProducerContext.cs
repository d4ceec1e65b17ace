using Microsoft.Extensions.Logging;
using Streams.Protocol.Records;
using Streams.Transport;

namespace Streams.Broker.Transport.Producing;

/// <summary>What the partitions of one producer share: its settings, checked and copied, and its buffers. Thread-safe.</summary>
internal sealed class ProducerContext
{
    /// <summary>Initializes a new instance of the <see cref="ProducerContext"/> class.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <exception cref="StreamsException">InvalidConfiguration, with every fault at once.</exception>
    public ProducerContext(ProducerSettings settings, TimeProvider time, ILogger logger)
    {
        Linger = settings.Linger ?? ProducerDefaults.Linger;
        Codec = ProducerSettingsCheck.Check(settings, Linger);
        WaitsForNothing = settings.Acks == Acks.None;
        BatchBytesMax = settings.BatchBytesMax;
        DeliveryTimeout = settings.DeliveryTimeout;
        Time = time;
        Logger = logger;
        Buffer = new(settings.BufferBytesMax);
        Reports = new(Release, logger);
    }

    public TimeSpan Linger { get; }

    public CompressionCodec Codec { get; }

    public bool WaitsForNothing { get; }

    public int BatchBytesMax { get; }

    public TimeSpan DeliveryTimeout { get; }

    public TimeProvider Time { get; }

    public ILogger Logger { get; }

    public ProducerBuffer Buffer { get; }

    public ProducerBatchPool Pool { get; } = new();

    public ReportQueue Reports { get; }

    /// <summary>Gives back the room a batch takes, and the batch.</summary>
    public void Release(ProducerBatch batch)
    {
        var size = batch.ReservedBytes;
        batch.Return();
        Buffer.Release(size);
    }
}
