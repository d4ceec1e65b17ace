using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Streams.Storage;
using Streams.Storage.Files;

namespace Streams.Benchmarks.Scenarios;

/// <summary>Small batches that are acknowledged after a sync: each with its own, and 64 producers that share them.</summary>
internal sealed class DurableScenario : IScenario
{
    private const int Waiting = 64;

    /// <inheritdoc />
    public string Name => "durable";

    /// <inheritdoc />
    public string Description => "1 KiB batches with Fsync: 64 producers that wait, beside one sync for each batch (FsyncEach)";

    /// <inheritdoc />
    public async Task RunAsync(ScenarioSettings settings)
    {
        await using var store = LogStore.Open(
            PhysicalFileSystem.Instance, settings.Data, TimeProvider.System, NullLoggerFactory.Instance);
        await MeasureAsync(store, "one sync each", Durability.FsyncEach, 1, settings.Duration);
        await MeasureAsync(store, "group commit, 1 producer", Durability.Fsync, 1, settings.Duration);
        await MeasureAsync(store, $"group commit, {Waiting} producers", Durability.Fsync, Waiting, settings.Duration);
    }

    private static async Task MeasureAsync(LogStore store, string what, Durability durability, int producers, TimeSpan duration)
    {
        var log = store.OpenLog(new($"durable-{durability}-{producers}", 0), Guid.NewGuid(), new() { Durability = durability });
        var measurement = new Measurement();
        var counts = await Task.WhenAll(Enumerable.Range(0, producers).Select(_ => Task.Run(async () =>
        {
            var batch = Batches.Create(1024);
            var began = Stopwatch.GetTimestamp();
            long count = 0;
            while (Stopwatch.GetElapsedTime(began) < duration)
            {
                await log.WaitUntilDurableAsync(log.Append(batch).EndOffset, CancellationToken.None);
                count++;
            }

            return count;
        })));
        measurement.Print($"durable, {what}", counts.Sum());
    }
}
