namespace Streams.Transport;

/// <summary>What a transport's producer is told. Copied when the producer is made.</summary>
public sealed class ProducerSettings
{
    /// <summary>Gets the client id for logs.</summary>
    public string ClientId { get; init; } = "streams";

    /// <summary>Gets what is waited for; the default is all.</summary>
    public Acks Acks { get; init; } = Acks.All;

    /// <summary>Gets a value indicating whether retries can neither duplicate nor reorder; the default is <see langword="true"/>.</summary>
    public bool Idempotence { get; init; } = true;

    /// <summary>Gets how long a batch waits for more records; <see langword="null"/> takes the transport's default (0 embedded).</summary>
    public TimeSpan? Linger { get; init; }

    /// <summary>Gets the size at which a batch is closed; the default is 64 KiB.</summary>
    public int BatchBytesMax { get; init; } = 64 * 1024;

    /// <summary>Gets how many bytes may wait for acknowledgement over all partitions; the default is 32 MiB (Kafka's <c>buffer.memory</c>).</summary>
    public long BufferBytesMax { get; init; } = 32 * 1024 * 1024;

    /// <summary>Gets how long retries may go on; the default is 2 minutes.</summary>
    public TimeSpan DeliveryTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets Kafka's name of the codec (<c>none</c>, <c>gzip</c>, <c>snappy</c>, <c>lz4</c>, <c>zstd</c>); the default is none.</summary>
    public string Compression { get; init; } = "none";
}
