using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Streams.Benchmarks;

/// <summary>A host over a broker of its own.</summary>
internal static class SampleHost
{
    /// <summary>Starts it; the caller disposes it.</summary>
    public static async Task<IHost> StartAsync(string data, Durability durability, bool consume)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddConsole();
        builder.Services.AddSingleton<SampleHandler>();
        builder.AddStreams(streams =>
        {
            streams.UseEmbeddedBroker(data).Configure(options => options.Broker.Durability = durability);
            _ = consume ? streams.AddHandlers() : streams.AddMessages();
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
