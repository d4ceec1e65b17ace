using Streams.Protocol.Records;
using Streams.Storage.Files;
using Streams.Storage.Tests.Faults;

namespace Streams.Storage.Tests.Properties;

/// <summary>
/// Random bits of a data directory rot, in any file. Whatever happens, a reader gets the records that were written, or an error, or a gap that
/// was reported: never other bytes, never another order, never silence.
/// </summary>
public sealed class DamageTests
{
    private const int Seeds = 400;
    private const int Records = 60;

    private static readonly int[] Reports = [4000, 4010, 4011, 4014, 4015, 4016, 4020];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_AfterAnyBitHasRotted_GivesTheTruthOrSaysSo(bool isClean)
    {
        var original = await PrepareAsync(isClean);
        var silent = new List<string>();
        foreach (var seed in TestSeeds.Of(Seeds))
        {
            var random = new Random(seed);
            var disk = original.After(FaultSurvival.Everything);
            var where = Rot(disk, random, isClean);
            var store = new TestStore(disk);
            try
            {
                Check(store, store.Open(TestStore.Options()), $"seed {seed}, {where}");
            }
            catch (StreamsException error) when (error.Code == StreamsErrorCode.Corrupt)
            {
                Assert.Contains(TestStore.Directory, error.Message, StringComparison.Ordinal);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                silent.Add($"seed {seed}, {where}: {error.Message}");
            }
        }

        Assert.True(silent.Count == 0, string.Join("\n", silent));
    }

    private static void Check(TestStore store, SegmentedLog log, string where)
    {
        var found = new List<TestRecord>();
        var errors = 0;
        for (var offset = log.StartOffset; offset < Math.Min(log.HighWatermark, 2 * Records);)
        {
            try
            {
                using var read = log.Read(offset, 300);
                if (read.IsEmpty)
                {
                    break;
                }

                found.AddRange(TestBatch.Parse(read.Bytes.Span).Where(record => record.Offset >= offset));
                offset = read.NextOffset;
            }
            catch (StreamsException error) when (error.Code == StreamsErrorCode.Corrupt)
            {
                errors++;
                offset++;
            }
        }

        var last = -1L;
        foreach (var record in found)
        {
            Assert.True(record.Offset > last, $"{where}: offset {record.Offset} follows {last}");
            last = record.Offset;
            Assert.Equal(Record(record.Offset), record);
        }

        var isReported = errors > 0 || Reports.Any(report => store.Loggers.Of(report).Length > 0);
        Assert.True(found.Count == Records || isReported, $"{where}: {found.Count} records, and nobody was told");
        Assert.True(log.EndOffset >= Records || store.Loggers.Of(4010).Length > 0, $"{where}: the log ends at {log.EndOffset}");
    }

    private static async Task<FaultFileSystem> PrepareAsync(bool isClean)
    {
        var files = new FaultFileSystem();
        await using var store = new TestStore(files);
        var log = store.Open();
        for (var offset = 0; offset < Records; offset += 2)
        {
            log.Append(TestBatch.Of(Record(offset), Record(offset + 1)));
        }

        if (isClean)
        {
            await store.DisposeAsync();
        }

        return files.After(FaultSurvival.Everything);
    }

    private static TestRecord Record(long offset) => new($"k{offset}", $"value {offset * offset}", 1_000 + offset, offset, "h");

    // Where a crash has left no word of where the log ended, nothing shows that the offset of its very last batch is wrong: Kafka's format
    // leaves offsets out of the checksum, and no batch follows.
    private static bool IsBeyondKnowledge(byte[] log, int bit)
    {
        var last = 0;
        for (var position = 0; RecordBatchHeader.TryReadSize(log.AsSpan(position), out var size); position += size)
        {
            last = position;
        }

        return bit / 8 >= last && bit / 8 < last + sizeof(long);
    }

    private static string Rot(FaultFileSystem disk, Random random, bool isClean)
    {
        var folder = FilePath.Join(TestStore.Directory, TestStore.Partition.ToString());
        var files = disk.ListFiles(TestStore.Directory).Select(name => FilePath.Join(TestStore.Directory, name))
            .Concat(disk.ListFiles(folder).Select(name => FilePath.Join(folder, name)))
            .Where(path => AtomicFile.Read(disk, path)!.Length > 0)
            .ToArray();
        var path = files[random.Next(files.Length)];
        var bit = 0;
        disk.Damage(path, bytes =>
        {
            do
            {
                bit = random.Next(bytes.Length * 8);
            }
            while (!isClean && path.EndsWith("54.log", StringComparison.Ordinal) && IsBeyondKnowledge(bytes, bit));

            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        });
        return $"{path}, bit {bit}";
    }
}
