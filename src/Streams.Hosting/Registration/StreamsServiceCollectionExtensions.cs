using Streams;
using Streams.Hosting.Registration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Streams to the services of a host.</summary>
public static class StreamsServiceCollectionExtensions
{
    /// <summary>
    /// Adds Streams, as the method of the same name on a host's builder does. Configuration is taken from the <c>IConfiguration</c>
    /// among the services, where there is one; the services must become those of a host, which starts and stops Streams.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Chooses the broker and adds messages and handlers.</param>
    /// <returns>A builder for whatever is left to say.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static StreamsBuilder AddStreams(this IServiceCollection services, Action<StreamsBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var streams = ServiceRegistration.AddTo(services);
        configure?.Invoke(streams);
        return streams;
    }
}
