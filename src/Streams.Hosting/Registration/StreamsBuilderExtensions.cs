using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Streams.Hosting.Registration;
using Streams.Transport;

namespace Streams;

/// <summary>Chooses the broker and sets options while a host is being built.</summary>
public static class StreamsBuilderExtensions
{
    /// <summary>Runs the broker inside this process, with its data in a directory. Configuration may name another (<c>Streams:Broker:Data</c>).</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="path">The data directory, made where it is missing; a relative path begins at the host's content root. One process at a time may use it.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    public static StreamsBuilder UseEmbeddedBroker(this StreamsBuilder builder, string path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        builder.Services.RemoveAll<ITransport>().AddSingleton(EmbeddedTransports.OnDisk);
        return builder.Configure(options => options.Broker.Data = path);
    }

    /// <summary>Runs the broker inside this process and in memory, for tests: everything is gone when the host stops. Configuration of the broker does not count.</summary>
    /// <param name="builder">The builder.</param>
    public static StreamsBuilder UseMemory(this StreamsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.RemoveAll<ITransport>().AddSingleton(EmbeddedTransports.InMemory);
        return builder;
    }

    /// <summary>Sets options in code. The section <c>Streams</c> of the configuration goes before them.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets them.</param>
    public static StreamsBuilder Configure(this StreamsBuilder builder, Action<StreamsOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure(configure);
        return builder;
    }
}
