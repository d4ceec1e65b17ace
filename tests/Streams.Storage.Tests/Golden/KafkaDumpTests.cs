using System.Diagnostics;
using Streams.Protocol.Records;
using Streams.Storage.Files;

namespace Streams.Storage.Tests.Golden;

/// <summary>
/// Kafka's own dump tool reads logs that were written here: rolled, compacted, compressed, recovered, with their indexes. Needs an Apache
/// Kafka: STREAMS_TEST_KAFKA_HOME names its folder; skipped without one.
/// </summary>
public sealed class KafkaDumpTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("streams-dump-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task DumpLog_OfOurLogs_FindsEveryBatchAndIndexEntryRight()
    {
        var home = Environment.GetEnvironmentVariable("STREAMS_TEST_KAFKA_HOME");
        Assert.SkipWhen(string.IsNullOrEmpty(home), "STREAMS_TEST_KAFKA_HOME is not set: Kafka's dump tool has NOT read our files.");
        var records = await WriteLogsAsync();

        var logs = Find("*.log");
        var dump = await DumpAsync(home!, logs, "--deep-iteration", "--print-data-log");
        var indexes = await DumpAsync(home!, Find("*index"), "--index-sanity-check");
        var verified = await DumpAsync(home!, Find("*index"), "--verify-index-only");

        Assert.True(logs.Length > 8);
        var batches = dump.Where(line => line.StartsWith("baseOffset: ", StringComparison.Ordinal)).ToArray();
        Assert.All(batches, batch => Assert.EndsWith("isvalid: true", batch, StringComparison.Ordinal));
        Assert.Equal(records, dump.Count(line => line.StartsWith("| offset: ", StringComparison.Ordinal)));
        Assert.Contains(batches, batch => batch.Contains("count: 0", StringComparison.Ordinal));
        Assert.Contains(batches, batch => batch.Contains("compresscodec: zstd", StringComparison.Ordinal));
        Assert.Contains(batches, batch => batch.Contains("deleteHorizonMs: OptionalLong[", StringComparison.Ordinal));
        var complaints = dump.Concat(indexes).Concat(verified)
            .Where(line => !IsPraise(line))
            .Where(line => new[] { "Mismatch", "corrupt", "out of order", "Found", "Exception", "failed" }
                .Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .ToArray();
        Assert.Empty(complaints);
        Assert.Equal(2 * logs.Length, indexes.Count(IsPraise));
    }

    /// <returns>How many records the logs hold.</returns>
    private async Task<int> WriteLogsAsync()
    {
        await using var store = new TestStore(PhysicalFileSystem.Instance, _folder.FullName);
        var rolled = store.Open(TestStore.Options(segmentBytes: 4_000), new("rolled", 0));
        var compacted = store.Open(
            TestStore.Options(segmentBytes: 4_000) with { Compact = true, MinDirtyRatio = 0 }, new("compacted", 0));
        for (var index = 0; index < 100; index++)
        {
            var codec = (CompressionCodec)(index % 5);
            rolled.Append(TestBatch.Compressed(codec, Batch(index)));
            compacted.Append(TestBatch.Compressed(codec, Batch(index)));
        }

        compacted.Compact(CancellationToken.None);
        for (var index = 100; index < 120; index++)
        {
            compacted.Append(TestBatch.Of(new TestRecord("key 1", $"{index}", index)));
        }

        compacted.Reconfigure(compacted.Options with { SegmentBytesMax = 1 });
        compacted.AppendOne("x", key: "last");
        compacted.Compact(CancellationToken.None);
        return rolled.ReadAll().Count + compacted.ReadAll().Count;
    }

    private static bool IsPraise(string line)
        => line.EndsWith("passed sanity check.", StringComparison.Ordinal) || line.EndsWith("index is empty.", StringComparison.Ordinal);

    private static TestRecord[] Batch(int index) =>
    [
        new($"key {index % 7}", $"value {index}", 1_000 + (index * 10), Header: "h"),
        new($"key {index % 5}", index % 3 == 0 ? null : new('v', index * 3), 1_000 + (index * 9)),
    ];

    private string[] Find(string pattern)
        => [.. _folder.GetFiles(pattern, SearchOption.AllDirectories).Select(file => file.FullName).Order(StringComparer.Ordinal)];

    private static async Task<string[]> DumpAsync(string home, string[] files, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(
            Path.Combine(home, "kafka"), ["tool", "dump-log", .. arguments, "--files", string.Join(',', files)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output + await errors);
        return output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
