using Microsoft.Extensions.DependencyInjection;

namespace Streams.Benchmarks.Scenarios;

/// <summary>Typed records into six partitions of the embedded broker, every one acknowledged; page cache.</summary>
internal sealed class ProduceInProcess : IScenario
{
    private const int Waiting = 64;

    /// <inheritdoc />
    public string Name => "produce-inproc";

    /// <inheritdoc />
    public string Description => "typed records of 100 bytes into the embedded broker (PageCache), acknowledged";

    /// <inheritdoc />
    public async Task RunAsync(ScenarioSettings settings)
    {
        using var host = await SampleHost.StartAsync(settings.Data, Durability.PageCache, consume: false);
        var producer = host.Services.GetRequiredService<IProducer<Sample>>();
        var producers = new Producers(producer);
        await producers.RunAsync(settings.Duration);
        GC.Collect();

        var measurement = new Measurement();
        var count = await producers.RunAsync(settings.Duration);
        measurement.Print($"{Name}, {MessagePayload.Serialize(Sample.Create(1, 1)).Length} bytes", count);

        measurement = new();
        count = await AwaitEachAsync(producer, settings.Duration);
        measurement.Print($"{Name}, {Waiting} tasks that await each", count);
        await host.StopAsync();
    }

    private static async Task<long> AwaitEachAsync(IProducer<Sample> producer, TimeSpan duration)
    {
        using var stopping = new CancellationTokenSource(duration);
        var counts = await Task.WhenAll(Enumerable.Range(0, Waiting).Select(_ => Task.Run(async () =>
        {
            var samples = Sample.Many(64);
            long count = 0;
            for (; !stopping.IsCancellationRequested; count++)
            {
                await producer.ProduceAsync(samples[count % samples.Length], CancellationToken.None);
            }

            return count;
        })));
        return counts.Sum();
    }
}
