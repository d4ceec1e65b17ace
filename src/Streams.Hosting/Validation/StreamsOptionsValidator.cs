using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Streams.Hosting.Configuration;
using Streams.Hosting.Model;
using Streams.Transport;

namespace Streams.Hosting.Validation;

/// <summary>
/// Checks everything the host was told, attributes and configuration together, and names all faults at once. Runs before anything is
/// opened, so that a host with a fault leaves no trace.
/// </summary>
internal sealed class StreamsOptionsValidator(HostModel model, IOptions<HostOptions> host, IServiceProvider services)
    : IValidateOptions<StreamsOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, StreamsOptions options)
    {
        if (name != Options.DefaultName)
        {
            return ValidateOptionsResult.Skip;
        }

        var faults = FindTransport()
            .Concat(FindSettings())
            .Concat(FindShutdown(options))
            .Concat(FindBroker(options.Broker))
            .Concat(ProducerFaults.Find(options.Producer))
            .Concat(TopicFaults.Find(model))
            .Concat(TopicOptionFaults.Find(model, options))
            .Concat(GroupFaults.Find(model))
            .Concat(GroupOptionFaults.Find(model, options))
            .ToArray();
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> FindTransport()
        => services.GetService<IServiceProviderIsService>()?.IsService(typeof(ITransport)) == false
            ? ["No broker was chosen. Call UseEmbeddedBroker(path) or UseMemory() on the builder of AddStreams."]
            : [];

    private IEnumerable<string> FindSettings()
        => services.GetService<IConfiguration>() is { } configuration
            ? SettingFaults.Find(configuration.GetSection(HostingDefaults.Section))
            : [];

    private IEnumerable<string> FindShutdown(StreamsOptions options)
    {
        var budget = host.Value.ShutdownTimeout;
        if (options.ShutdownDrain < TimeSpan.Zero || options.ShutdownDrain > HostingLimits.IntervalMax)
        {
            yield return $"'Streams:ShutdownDrain' is '{options.ShutdownDrain}', and must be from '{TimeSpan.Zero}' "
                + $"to '{HostingLimits.IntervalMax}'.";
        }
        else if (budget != Timeout.InfiniteTimeSpan && options.ShutdownDrain >= budget)
        {
            yield return $"'Streams:ShutdownDrain' is '{options.ShutdownDrain}', and must be below the host's shutdown timeout "
                + $"of '{budget}', or the host gives up before offsets are committed. Lower it, or raise HostOptions.ShutdownTimeout.";
        }
    }

    private static IEnumerable<string> FindBroker(EmbeddedBrokerOptions options)
        => options.Data is { } path && string.IsNullOrWhiteSpace(path)
            ? ["'Streams:Broker:Data' is empty. Name a directory, or leave the setting out and call UseMemory()."]
            : [];
}
