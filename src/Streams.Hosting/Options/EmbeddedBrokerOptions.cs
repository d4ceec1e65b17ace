namespace Streams;

/// <summary>The embedded broker's part of <see cref="StreamsOptions"/>.</summary>
public sealed class EmbeddedBrokerOptions
{
    /// <summary>Gets or sets the data directory; <see langword="null"/> keeps everything in memory.</summary>
    public string? Data { get; set; }

    /// <summary>Gets or sets how safe a record is once acknowledged, for topics that do not say.</summary>
    /// <value>The default is <see cref="Durability.Fsync"/> on disk and <see cref="Durability.Memory"/> in memory.</value>
    public Durability? Durability { get; set; }
}
