namespace Streams;

/// <summary>What all producers of a host share.</summary>
public sealed class ProducerOptions
{
    /// <summary>Gets or sets what a producer waits for.</summary>
    /// <value>The default is <see cref="Acks.All"/>, as in Kafka's clients since 3.0.</value>
    public Acks Acks { get; set; } = Acks.All;

    /// <summary>Gets or sets whether retries can neither duplicate nor reorder records.</summary>
    /// <value>The default is <see langword="true"/>, as in Kafka's clients since 3.0.</value>
    public bool Idempotence { get; set; } = true;

    /// <summary>Gets or sets how long a batch waits for more records; <see langword="null"/> takes the transport's default.</summary>
    /// <value>The default is 0 embedded, where a batch grows while the one before is written.</value>
    public TimeSpan? Linger { get; set; }

    /// <summary>Gets or sets the size at which a batch is closed, in bytes.</summary>
    /// <value>The default is 64 KiB.</value>
    public int BatchBytesMax { get; set; } = 64 * 1024;

    /// <summary>Gets or sets how many bytes may wait for acknowledgement.</summary>
    /// <value>The default is 32 MiB, Kafka's <c>buffer.memory</c>.</value>
    public long BufferBytesMax { get; set; } = 32 * 1024 * 1024;

    /// <summary>Gets or sets how long retries of a record may go on.</summary>
    /// <value>The default is 2 minutes, Kafka's <c>delivery.timeout.ms</c>.</value>
    public TimeSpan DeliveryTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets or sets the codec of record batches: <c>none</c>, <c>gzip</c>, <c>snappy</c>, <c>lz4</c> or <c>zstd</c>.</summary>
    /// <value>The default is <c>none</c>.</value>
    public string Compression { get; set; } = "none";
}
