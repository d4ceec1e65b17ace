using Streams.Protocol.Records;
using Streams.Storage.Tests.Faults;

namespace Streams.Storage.Tests.Properties;

/// <summary>
/// A compacted log against a dictionary: whoever reads all of it knows what the dictionary knows, whatever was compacted, restarted or crashed
/// in between. A failure prints its seed, which <see cref="TestSeeds"/> runs alone.
/// </summary>
public sealed class CompactionModelTests
{
    private const int Runs = 40;
    private const int Steps = 80;

    [Fact]
    public async Task Compact_UnderRandomOperations_KeepsWhatADictionaryKeeps()
    {
        foreach (var seed in TestSeeds.Of(Runs))
        {
            var steps = new List<string>();
            try
            {
                await RunAsync(new(seed), steps);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Assert.Fail($"Seed {seed} ({TestSeeds.Variable}={seed} runs it alone), after {string.Join(", ", steps)}: {error}");
            }
        }
    }

    private static async Task RunAsync(Random random, List<string> steps)
    {
        var files = new FaultFileSystem();
        var store = new TestStore(files);
        var model = new Dictionary<string, string?>(StringComparer.Ordinal);
        var offsets = new Dictionary<long, TestRecord>();
        var log = store.Open(RandomOptions(random));
        for (var step = 0; step < Steps; step++)
        {
            switch (random.Next(12))
            {
                case < 7:
                    await AppendAsync(log, random, model, offsets, steps);
                    break;
                case < 9:
                    steps.Add("compact");
                    log.Compact(CancellationToken.None);
                    break;
                case 9:
                    steps.Add("time passes");
                    store.Time.Advance(TimeSpan.FromHours(random.Next(1, 30)));
                    break;
                case 10:
                    steps.Add("reopen");
                    log = await store.ReopenAsync(RandomOptions(random));
                    break;
                default:
                    steps.Add("crash");
                    var now = store.Time.GetUtcNow();
                    files = files.After(random.Next(2) == 0 ? FaultSurvival.Nothing : FaultSurvival.Some(random.Next()));
                    store = new TestStore(files);
                    store.Time.SetUtcNow(now);
                    log = store.Open(RandomOptions(random));
                    break;
            }

            Compare(log, model, offsets);
        }

        await store.DisposeAsync();
    }

    private static LogOptions RandomOptions(Random random)
        => TestStore.Options(Durability.FsyncEach, segmentBytes: random.Next(100, 1_500)) with
        {
            Compact = true,
            Delete = false,
            MinDirtyRatio = random.Next(2) == 0 ? 0 : 0.5,
            DeleteRetention = TimeSpan.FromDays(1),
            IndexIntervalBytes = random.Next(1, 300),
        };

    private static async Task AppendAsync(
        SegmentedLog log, Random random, Dictionary<string, string?> model, Dictionary<long, TestRecord> offsets, List<string> steps)
    {
        var records = Enumerable.Range(0, random.Next(1, 5))
            .Select(_ => new TestRecord(
                $"k{random.Next(6)}",
                random.Next(4) == 0 ? null : $"{random.Next()} {new string('v', random.Next(60))}",
                random.Next(9_000)))
            .ToArray();
        steps.Add($"append {records.Length}");
        var appended = log.Append(TestBatch.Compressed((CompressionCodec)random.Next(5), records));
        await log.WaitUntilDurableAsync(appended.EndOffset, TestContext.Current.CancellationToken);
        for (var index = 0; index < records.Length; index++)
        {
            model[records[index].Key!] = records[index].Value;
            offsets[appended.BaseOffset + index] = records[index] with { Offset = appended.BaseOffset + index };
        }
    }

    private static void Compare(SegmentedLog log, Dictionary<string, string?> model, Dictionary<long, TestRecord> offsets)
    {
        var found = log.ReadAll(bytesMax: 400);
        Assert.All(found, record => Assert.Equal(offsets[record.Offset], record));
        Assert.Equal(offsets.Count, log.EndOffset);
        var read = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var record in found)
        {
            read[record.Key!] = record.Value;
        }

        foreach (var (key, value) in model)
        {
            Assert.True(
                read.TryGetValue(key, out var last) ? last == value : value is null,
                $"'{key}' is '{last}' in the log, '{value}' in the dictionary.");
        }
    }
}
