using Streams;
using Streams.Hosting.Registration;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds Streams to a host.</summary>
public static class StreamsHostApplicationBuilderExtensions
{
    /// <summary>
    /// Adds Streams: broker, producers, readers, consumer groups and the health check <c>streams</c> with the tag <c>ready</c>. Calls add up:
    /// messages and handlers are collected, the last choice of a broker counts. Whatever was registered before is kept.
    /// </summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="configure">Chooses the broker and adds messages and handlers.</param>
    /// <returns>A builder for whatever is left to say.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static StreamsBuilder AddStreams(this IHostApplicationBuilder builder, Action<StreamsBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var streams = ServiceRegistration.AddTo(builder.Services);
        configure?.Invoke(streams);
        return streams;
    }
}
