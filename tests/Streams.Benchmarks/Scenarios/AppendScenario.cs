using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Streams.Protocol.Records;
using Streams.Storage;
using Streams.Storage.Files;

namespace Streams.Benchmarks.Scenarios;

/// <summary>Batches of 64 KiB into one log, beside a bare loop that computes the checksum and writes the same bytes.</summary>
internal sealed class AppendScenario : IScenario
{
    private const int BatchBytes = 64 * 1024;
    private const int SegmentBytes = 256 * 1024 * 1024;

    /// <inheritdoc />
    public string Name => "append";

    /// <inheritdoc />
    public string Description => "64 KiB batches into one log (PageCache), beside RandomAccess.Write with a checksum";

    /// <inheritdoc />
    public async Task RunAsync(ScenarioSettings settings)
    {
        await using var store = LogStore.Open(
            PhysicalFileSystem.Instance, Path.Combine(settings.Data, "log"), TimeProvider.System, NullLoggerFactory.Instance);
        var log = store.OpenLog(new("append", 0), Guid.NewGuid(), new()
        {
            Durability = Durability.PageCache,
            SegmentBytesMax = SegmentBytes,
            RetentionTime = null,
            RetentionBytes = 2L * SegmentBytes,
        });
        var batch = Batches.Create(BatchBytes);
        for (var round = 0; round < 2; round++)
        {
            var bare = new Measurement();
            var bareCount = WriteBare(Path.Combine(settings.Data, "bare"), batch, settings.Duration / 2);
            bare.Print(round == 0 ? "warm-up, bare loop" : "append, bare loop", bareCount, batch.Length);
            var measurement = new Measurement();
            var count = Append(log, batch, settings.Duration / 2);
            measurement.Print(round == 0 ? "warm-up, log" : "append, log", count, batch.Length);
        }
    }

    private static long Append(SegmentedLog log, byte[] batch, TimeSpan duration)
    {
        var began = Stopwatch.GetTimestamp();
        long count = 0;
        while (Stopwatch.GetElapsedTime(began) < duration)
        {
            // The check of whoever hands a batch to the log belongs to the work.
            _ = RecordBatch.HasValidCrc(batch);
            log.Append(batch);
            if (++count % 4096 == 0)
            {
                log.ApplyRetention(null);
            }
        }

        return count;
    }

    private static long WriteBare(string path, byte[] batch, TimeSpan duration)
    {
        var began = Stopwatch.GetTimestamp();
        long count = 0;
        long position = 0;
        var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite);
        try
        {
            while (Stopwatch.GetElapsedTime(began) < duration)
            {
                if (position + batch.Length > SegmentBytes)
                {
                    file.Dispose();
                    file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite);
                    position = 0;
                }

                _ = RecordBatch.HasValidCrc(batch);
                RandomAccess.Write(file, batch, position);
                position += batch.Length;
                count++;
            }
        }
        finally
        {
            file.Dispose();
        }

        return count;
    }
}
