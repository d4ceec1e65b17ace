using System.Diagnostics;
using Streams.Protocol.Records;
using Streams.Protocol.Tests.Golden;
using Streams.Transport;

namespace Streams.Protocol.Tests.Records;

/// <summary>
/// Kafka's own dump tool reads a segment file of batches written here, in every codec and of every kind. Needs an Apache Kafka:
/// STREAMS_TEST_KAFKA_HOME names its folder; skipped without one.
/// </summary>
public sealed class KafkaDumpTests
{
    private const int RecordsPerCodec = 50;

    [Fact]
    public async Task DumpLog_OfEveryCodecAndKind_FindsAllRecordsValid()
    {
        var home = Environment.GetEnvironmentVariable("STREAMS_TEST_KAFKA_HOME");
        Assert.SkipWhen(string.IsNullOrEmpty(home), "STREAMS_TEST_KAFKA_HOME is not set.");
        var folder = Directory.CreateTempSubdirectory("streams-dump-");
        try
        {
            var file = Path.Combine(folder.FullName, "00000000000000000000.log");
            await File.WriteAllBytesAsync(file, WriteSegment(), TestContext.Current.CancellationToken);

            var lines = await DumpAsync(home!, file);

            var batches = lines.Where(line => line.StartsWith("baseOffset: ", StringComparison.Ordinal)).ToArray();
            var records = lines.Where(line => line.StartsWith("| offset: ", StringComparison.Ordinal)).ToArray();
            Assert.Equal(8, batches.Length);
            Assert.All(batches, batch => Assert.EndsWith("isvalid: true", batch, StringComparison.Ordinal));
            Assert.Equal((5 * RecordsPerCodec) + 2, records.Length);
            foreach (var codec in Enum.GetValues<CompressionCodec>())
            {
                Assert.Contains(records, record => record.EndsWith($"headerKeys: [n] key: key-7 payload: {codec}-7",
                    StringComparison.Ordinal));
            }

            Assert.Contains(records, record => record.EndsWith("endTxnMarker: COMMIT coordinatorEpoch: 3", StringComparison.Ordinal));
            Assert.Contains(batches, batch => batch.Contains("deleteHorizonMs: OptionalLong[12345]", StringComparison.Ordinal));
            Assert.Contains(batches, batch => batch.Contains("lastOffset: 270 count: 0", StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static byte[] WriteSegment()
    {
        using var segment = new MemoryStream();
        using var builder = new RecordBatchBuilder(64);
        long offset = 0;
        foreach (var codec in Enum.GetValues<CompressionCodec>())
        {
            builder.Reset();
            for (var index = 0; index < RecordsPerCodec; index++)
            {
                new PlainRecord(
                    0, 1_700_000_000_000 + index, index % 3 == 0 ? null : System.Text.Encoding.UTF8.GetBytes($"key-{index}"),
                    index % 5 == 0 ? null : System.Text.Encoding.UTF8.GetBytes($"{codec}-{index}"), [("n", [1])]).AppendTo(builder);
            }

            var batch = builder.Seal(codec);
            RecordBatch.Stamp(batch.Span, offset, leaderEpoch: 2);
            segment.Write(batch.Span);
            offset += RecordsPerCodec;
        }

        builder.Reset();
        new ControlRecord(ControlRecordType.Commit, 3).AppendTo(builder, 5);
        segment.Write(builder.Seal(new RecordBatchProperties
        {
            BaseOffset = offset, LeaderEpoch = 2, IsControl = true, IsTransactional = true, ProducerId = 7, ProducerEpoch = 1,
        }).Span);

        // What compaction leaves: a tombstone with its horizon at the first offset of its batch, then a batch without records.
        builder.Reset(deleteHorizon: 12_345);
        builder.Append(0, default, new RecordRange { Timestamp = 99, KeyLength = -1, ValueLength = -1 });
        segment.Write(builder.Seal(new RecordBatchProperties { BaseOffset = offset + 1, LastOffsetDelta = 9, LeaderEpoch = 2 }).Span);
        builder.Reset();
        segment.Write(builder.Seal(new RecordBatchProperties { BaseOffset = offset + 11, LastOffsetDelta = 9, LeaderEpoch = 2,
            MaxTimestamp = 77 }).Span);
        return segment.ToArray();
    }

    private static async Task<string[]> DumpAsync(string home, string file)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(home, "kafka"))
        {
            ArgumentList = { "tool", "dump-log", "--deep-iteration", "--print-data-log", "--files", file },
            RedirectStandardOutput = true,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
        return output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
