using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace Streams.Benchmarks.Scenarios;

/// <summary>Produce, log, fetch, typed handler, commits: as fast as it goes, then the latency at a steady 10,000 records a second.</summary>
internal sealed class PipelineInProcess : IScenario
{
    private const int SteadyRate = 10_000;

    /// <inheritdoc />
    public string Name => "pipeline-inproc";

    /// <inheritdoc />
    public string Description => "typed records of 100 bytes from producer to a singleton handler with Async commits (PageCache)";

    /// <inheritdoc />
    public async Task RunAsync(ScenarioSettings settings)
    {
        using var host = await SampleHost.StartAsync(settings.Data, Durability.PageCache, consume: true);
        var producer = host.Services.GetRequiredService<IProducer<Sample>>();
        var handler = host.Services.GetRequiredService<SampleHandler>();
        var producers = new Producers(producer, () => handler.Handled);
        await ThroughAsync(producers, handler, settings.Duration);
        GC.Collect();

        var measurement = new Measurement();
        var count = await ThroughAsync(producers, handler, settings.Duration);
        measurement.Print($"{Name}, {MessagePayload.Serialize(Sample.Create(1, 1)).Length} bytes", count);

        await SteadyAsync(producer, settings.Duration / 2);
        await producer.FlushAsync();
        handler.Latency.Reset();
        measurement = new();
        count = await SteadyAsync(producer, settings.Duration);
        await producer.FlushAsync();
        measurement.Print($"{Name} at {SteadyRate:N0}/s", count);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Name}, produce to handler: p50 {Microseconds(50)}, p99 {Microseconds(99)}, p99.9 {Microseconds(99.9)}, "
            + $"max {Microseconds(100)}"));
        await host.StopAsync();

        string Microseconds(double percentile)
            => string.Create(CultureInfo.InvariantCulture, $"{handler.Latency.GetValueAtPercentile(percentile) / 10.0:N0} us");
    }

    private static async Task<long> ThroughAsync(Producers producers, SampleHandler handler, TimeSpan duration)
    {
        var before = handler.Handled;
        var produced = await producers.RunAsync(duration);
        while (handler.Handled < before + produced)
        {
            await Task.Delay(1);
        }

        return produced;
    }

    private static async Task<long> SteadyAsync(IProducer<Sample> producer, TimeSpan duration)
    {
        var began = Stopwatch.GetTimestamp();
        long sent = 0;
        while (Stopwatch.GetElapsedTime(began) is var elapsed && elapsed < duration)
        {
            var due = (long)(elapsed.TotalSeconds * SteadyRate);
            for (; sent < due; sent++)
            {
                producer.Produce(Sample.Create((int)sent, Stopwatch.GetTimestamp()));
            }

            await Task.Delay(1);
        }

        return sent;
    }
}
