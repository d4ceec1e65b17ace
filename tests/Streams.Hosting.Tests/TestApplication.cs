using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Streams.Hosting.Tests;

/// <summary>Hosts that take nothing from outside: no files, no environment variables, no console.</summary>
internal static class TestApplication
{
    /// <summary>A builder with these settings, each a key below the section Streams.</summary>
    public static HostApplicationBuilder Create(params (string Key, string Value)[] settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            DisableDefaults = true,
            EnvironmentName = "Testing",
            ContentRootPath = Path.GetTempPath(),
        });
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create($"Streams:{setting.Key}", (string?)setting.Value)));
        return builder;
    }

    /// <summary>A host with these settings.</summary>
    public static IHost Build(Action<StreamsBuilder> configure, params (string Key, string Value)[] settings)
    {
        var builder = Create(settings);
        builder.AddStreams(configure);
        return builder.Build();
    }

    /// <summary>Adds one handler class of this assembly.</summary>
    public static StreamsBuilder AddHandler<T>(this StreamsBuilder streams) => streams.AddHandler(typeof(T));

    /// <summary>Adds one handler class of this assembly.</summary>
    public static StreamsBuilder AddHandler(this StreamsBuilder streams, Type handler)
    {
        var all = new StreamsBuilder(new ServiceCollection(), new StreamsCatalog()).AddHandlers().Catalog;
        return streams.AddHandler(all.Handlers.Single(known => known.HandlerType == handler));
    }

    /// <summary>Starts a host that must not start, and returns every fault it names.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(
        Action<StreamsBuilder> configure, params (string Key, string Value)[] settings)
    {
        using var host = Build(configure, settings);
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.All(error.Failures, fault => Assert.Contains(fault, error.Message, StringComparison.Ordinal));
        return [.. error.Failures];
    }
}
