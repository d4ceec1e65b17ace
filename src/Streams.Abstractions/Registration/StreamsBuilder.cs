using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Streams;

/// <summary>Collects messages, handlers and the transport while a host is being built. Not thread-safe.</summary>
public sealed class StreamsBuilder
{
    /// <summary>Initializes a new instance of the <see cref="StreamsBuilder"/> class.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="catalog">What is collected.</param>
    public StreamsBuilder(IServiceCollection services, StreamsCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(catalog);
        Services = services;
        Catalog = catalog;
    }

    /// <summary>Gets the host's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Gets what has been collected so far.</summary>
    public StreamsCatalog Catalog { get; }

    /// <summary>Adds a message with its producer and reader; twice is harmless. Called by generated code.</summary>
    /// <typeparam name="T">The message.</typeparam>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public StreamsBuilder AddMessage<T>()
        where T : IMessage<T>
    {
        if (Catalog.TryAdd(T.Descriptor))
        {
            Services.TryAddSingleton(static services => services.GetRequiredService<IProducerFactory>().CreateProducer<T>());
            Services.TryAddSingleton(static services => services.GetRequiredService<IProducerFactory>().CreateReader<T>());
        }

        return this;
    }

    /// <summary>Adds a handler class; twice is harmless. Called by generated code.</summary>
    /// <param name="handler">What the class declares.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public StreamsBuilder AddHandler(HandlerDescriptor handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Catalog.TryAdd(handler);
        return this;
    }
}
