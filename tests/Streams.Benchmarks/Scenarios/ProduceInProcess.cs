using Microsoft.Extensions.DependencyInjection;

namespace Streams.Benchmarks.Scenarios;

/// <summary>Typed records into six partitions of the embedded broker, every one acknowledged; page cache.</summary>
internal sealed class ProduceInProcess : IScenario
{
    /// <inheritdoc />
    public string Name => "produce-inproc";

    /// <inheritdoc />
    public string Description => "typed records of 100 bytes into the embedded broker (PageCache), acknowledged";

    /// <inheritdoc />
    public async Task RunAsync(ScenarioSettings settings)
    {
        using var host = await SampleHost.StartAsync(settings.Data, Durability.PageCache, consume: false);
        var producer = host.Services.GetRequiredService<IProducer<Sample>>();
        await Producers.RunAsync(producer, settings.Duration);
        GC.Collect();

        var measurement = new Measurement();
        var count = await Producers.RunAsync(producer, settings.Duration);
        measurement.Print($"{Name}, {MessagePayload.Serialize(Sample.Create(1, 1)).Length} bytes", count);
        await host.StopAsync();
    }
}
