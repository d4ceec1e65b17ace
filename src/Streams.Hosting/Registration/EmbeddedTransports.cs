using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Streams.Broker;
using Streams.Broker.Transport;
using Streams.Transport;

namespace Streams.Hosting.Registration;

/// <summary>Makes the transport to the broker inside this process.</summary>
internal static class EmbeddedTransports
{
    /// <summary>Makes one whose broker keeps its data in a directory.</summary>
    public static ITransport OnDisk(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<StreamsOptions>>().Value.Broker;

        // A relative path means the application's place, wherever the process was started from.
        var root = services.GetService<IHostEnvironment>()?.ContentRootPath ?? Environment.CurrentDirectory;
        return Create(services, Path.GetFullPath(options.Data!, root), options.Durability);
    }

    /// <summary>Makes one whose broker keeps everything in memory.</summary>
    public static ITransport InMemory(IServiceProvider services) => Create(services, dataPath: null, durability: null);

    private static EmbeddedTransport Create(IServiceProvider services, string? dataPath, Durability? durability)
        => new(
            new BrokerOptions { DataPath = dataPath, DefaultDurability = durability },
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILoggerFactory>());
}
