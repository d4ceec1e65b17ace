using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Streams.Hosting.Configuration;
using Streams.Hosting.Groups;
using Streams.Hosting.Health;
using Streams.Hosting.Lifecycle;
using Streams.Hosting.Model;
using Streams.Hosting.Topics;
using Streams.Hosting.Validation;
using Streams.Runtime.Connection;
using Streams.Runtime.Groups;
using Streams.Runtime.Producing;
using Streams.Transport;

namespace Streams.Hosting.Registration;

/// <summary>What AddStreams registers. Whatever reaches the transport reads the options first, so that faults are told before anything is opened.</summary>
internal static class ServiceRegistration
{
    /// <summary>Registers everything once, and returns a builder over the one catalog of the host.</summary>
    public static StreamsBuilder AddTo(IServiceCollection services)
    {
        var registered = services.LastOrDefault(service => service.ServiceType == typeof(StreamsCatalog));
        if (registered?.ImplementationInstance is StreamsCatalog known)
        {
            return new(services, known);
        }

        var catalog = new StreamsCatalog();
        services.AddSingleton(catalog);
        AddOptions(services);
        AddConnection(services);
        AddGroups(services);
        AddLifecycle(services);
        return new(services, catalog);
    }

    private static void AddOptions(IServiceCollection services)
    {
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static provider => new HostModel(
            provider.GetRequiredService<StreamsCatalog>(),
            new(provider.GetService<IHostEnvironment>()?.EnvironmentName ?? Environments.Production)));
        services.AddOptions<StreamsOptions>().ValidateOnStart();
        services.AddSingleton<IPostConfigureOptions<StreamsOptions>, StreamsOptionsBinder>();
        services.AddSingleton<IValidateOptions<StreamsOptions>, StreamsOptionsValidator>();
    }

    private static void AddConnection(IServiceCollection services)
    {
        services.TryAddSingleton(static provider => new TransportConnection(
            CheckedTransport(provider),
            new(provider.GetRequiredService<HostModel>().Messages, provider.GetRequiredService<HostModel>().Names.Of),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<TransportConnection>>()));
        services.TryAddSingleton(static provider => new ProducerFactory(
            provider.GetRequiredService<TransportConnection>(),
            Settings(provider.GetRequiredService<IOptions<StreamsOptions>>().Value.Producer)));
        services.TryAddSingleton<IProducerFactory>(static provider => provider.GetRequiredService<ProducerFactory>());
        services.TryAddSingleton<ITopics>(static provider => new RefreshingTopics(provider.GetRequiredService<TransportConnection>()));
    }

    private static void AddGroups(IServiceCollection services)
    {
        services.TryAddSingleton(static provider => CreateGroups(provider));
        services.TryAddSingleton<IConsumerGroups>(static provider => new ConsumerGroups(provider.GetRequiredService<HostedGroups>().All));
    }

    private static void AddLifecycle(IServiceCollection services)
    {
        services.TryAddSingleton<HostState>();
        services.TryAddSingleton(static provider => new TransportLife(
            CheckedTransport(provider),
            provider.GetRequiredService<TransportConnection>(),
            provider.GetRequiredService<ProducerFactory>(),
            provider.GetRequiredService<HostModel>(),
            provider.GetRequiredService<IOptions<StreamsOptions>>(),
            provider.GetRequiredService<ILogger<TransportLife>>()));
        services.AddHostedService<StreamsHostedService>();
        services.AddHealthChecks().AddCheck<StreamsHealthCheck>(StreamsHealthCheck.Name, tags: [StreamsHealthCheck.Tag]);
    }

    private static HostedGroups CreateGroups(IServiceProvider provider)
    {
        var transport = CheckedTransport(provider);
        var model = provider.GetRequiredService<HostModel>();
        var options = provider.GetRequiredService<IOptions<StreamsOptions>>().Value;
        var definitions = GroupPlan.Definitions(model, options).ToLookup(group => GroupPlan.IsEnabled(model, options, group.GroupId));
        return new(
            [.. definitions[true].Select(group => new ConsumerGroup(
                group,
                transport,
                provider.GetRequiredService<IProducerFactory>(),
                provider,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILoggerFactory>()))],
            [.. definitions[false].Select(group => group.GroupId)],
            provider.GetRequiredService<ILogger<HostedGroups>>());
    }

    private static ITransport CheckedTransport(IServiceProvider provider)
    {
        _ = provider.GetRequiredService<IOptions<StreamsOptions>>().Value;
        return provider.GetRequiredService<ITransport>();
    }

    private static ProducerSettings Settings(ProducerOptions options)
        => new()
        {
            Acks = options.Acks,
            Idempotence = options.Idempotence && options.Acks == Acks.All,
            Linger = options.Linger,
            BatchBytesMax = options.BatchBytesMax,
            BufferBytesMax = options.BufferBytesMax,
            DeliveryTimeout = options.DeliveryTimeout,
            Compression = options.Compression,
        };
}
