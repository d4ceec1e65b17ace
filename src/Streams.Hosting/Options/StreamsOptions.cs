using Streams.Hosting;

namespace Streams;

/// <summary>What a host tells Streams: bound from the section <c>Streams</c>, which goes before values set in code. Checked at start, all faults at once.</summary>
public sealed class StreamsOptions
{
    /// <summary>Gets or sets the embedded broker's part.</summary>
    public EmbeddedBrokerOptions Broker { get; set; } = new();

    /// <summary>Gets or sets what all producers of the host share.</summary>
    public ProducerOptions Producer { get; set; } = new();

    /// <summary>Gets or sets overrides by topic name.</summary>
    public IDictionary<string, TopicOptions> Topics { get; set; } = new Dictionary<string, TopicOptions>(StringComparer.Ordinal);

    /// <summary>Gets or sets overrides by group id.</summary>
    public IDictionary<string, GroupOptions> Groups { get; set; } = new Dictionary<string, GroupOptions>(StringComparer.Ordinal);

    /// <summary>Gets or sets how long a stop waits for handlers that run; must be below the host's shutdown timeout.</summary>
    /// <value>The default is 20 s, below the host's 30 s.</value>
    public TimeSpan ShutdownDrain { get; set; } = HostingDefaults.ShutdownDrain;
}
