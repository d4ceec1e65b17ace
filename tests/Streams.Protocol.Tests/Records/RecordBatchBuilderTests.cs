using System.Text;
using Streams.Protocol.Primitives;
using Streams.Protocol.Records;
using Streams.Protocol.Tests.Golden;
using Streams.Transport;

namespace Streams.Protocol.Tests.Records;

public sealed class RecordBatchBuilderTests
{
    [Fact]
    public void Seal_WithoutRecords_GivesTheEmptyBatchThatCompactionLeaves()
    {
        using var builder = new RecordBatchBuilder(64);

        var batch = builder.Seal(new RecordBatchProperties
        {
            BaseOffset = 100, LeaderEpoch = 4, ProducerId = 9, ProducerEpoch = 1, BaseSequence = 7, LastOffsetDelta = 49,
                MaxTimestamp = 5000,
        }).ToArray();

        var header = RecordBatchHeader.Read(batch);
        Assert.Null(RecordBatch.FindFault(batch, batch.Length));
        Assert.Equal(RecordBatchLayout.HeaderSize, header.Size);
        Assert.Equal((0, 150L, -1L, 5000L), (header.RecordCount, header.NextOffset, header.BaseTimestamp, header.MaxTimestamp));
        Assert.Empty(PlainRecord.ReadAll(batch));
    }

    [Fact]
    public void Seal_WithADeleteHorizon_KeepsTheTimestamps()
    {
        using var builder = new RecordBatchBuilder(64);
        builder.Reset(deleteHorizon: 9_000);
        Append(builder, 1_000, "a", null);
        Append(builder, 2_000, "b", null);

        var batch = builder.Seal(CompressionCodec.None).ToArray();

        var header = RecordBatchHeader.Read(batch);
        Assert.True(header.HasDeleteHorizon);
        Assert.Equal(9_000, header.BaseTimestamp);
        Assert.Equal(2_000, header.MaxTimestamp);
        Assert.Equal([1_000, 2_000], PlainRecord.ReadAll(batch).Select(record => record.Timestamp));
    }

    [Fact]
    public void Seal_WhenCalledAgain_GivesTheSameRecordsInAnotherCodec()
    {
        using var builder = new RecordBatchBuilder(64);
        for (var index = 0; index < 100; index++)
        {
            Append(builder, 1_000 + index, $"key-{index}", "a value that repeats");
        }

        var plain = PlainRecord.ReadAll(builder.Seal(CompressionCodec.None).ToArray());
        foreach (var codec in Enum.GetValues<CompressionCodec>())
        {
            var batch = builder.Seal(codec).ToArray();
            Assert.Null(RecordBatch.FindFault(batch, batch.Length));
            Assert.Equal(codec, RecordBatchHeader.Read(batch).Codec);
            Assert.True(codec == CompressionCodec.None || batch.Length < builder.Size, $"{codec}: {batch.Length} of {builder.Size} bytes");
            Assert.Equal(plain, PlainRecord.ReadAll(batch));
        }
    }

    [Fact]
    public void Append_WhenTheRecordDoesNotFit_IsTooLargeAndLeavesTheBatch()
    {
        using var builder = new RecordBatchBuilder(64, sizeMax: 100);
        Append(builder, 1_000, "a", "b");
        var size = builder.Size;

        var error = Assert.Throws<StreamsException>(() => Append(builder, 1_000, "a", new string('x', 100)));

        Assert.Equal(StreamsErrorCode.MessageTooLarge, error.Code);
        Assert.Equal((1, size), (builder.Count, builder.Size));
        Append(builder, 1_001, "c", "d");
        Assert.Equal([0, 1], PlainRecord.ReadAll(builder.Seal(CompressionCodec.None).ToArray()).Select(record => record.Offset));
    }

    [Fact]
    public void Append_UpToTheLastByte_Fits()
    {
        using var builder = new RecordBatchBuilder(64, sizeMax: RecordBatchLayout.HeaderSize + 9);
        Append(builder, 1_000, "a", "b");

        Assert.Equal(RecordBatchLayout.HeaderSize + 9, builder.Size);
        Assert.Throws<StreamsException>(() => Append(builder, 1_000, null, null));
    }

    [Fact]
    public void Append_AtAnOffsetThatDoesNotGrow_IsABug()
    {
        using var builder = new RecordBatchBuilder(64);
        builder.Append(5, default, new RecordRange { KeyLength = -1, ValueLength = -1 });

        Assert.Throws<InvalidOperationException>(() => builder.Append(5, default, new RecordRange { KeyLength = -1, ValueLength = -1 }));
    }

    [Fact]
    public void Reset_BeginsABatchAnew()
    {
        using var builder = new RecordBatchBuilder(64);
        Append(builder, 1_000, "a", "b");
        var first = builder.Seal(CompressionCodec.None).ToArray();
        builder.Reset();
        Assert.Equal((0, RecordBatchLayout.HeaderSize), (builder.Count, builder.Size));

        Append(builder, 1_000, "a", "b");

        Assert.Equal(first, builder.Seal(CompressionCodec.None).ToArray());
    }

    [Fact]
    public void SizeOf_IsNeverBelowWhatARecordTakes()
    {
        using var builder = new RecordBatchBuilder(64);
        Append(builder, 0, "a", "b");
        foreach (var (timestamp, length) in new[] { (0L, 0), (long.MinValue, 63), (long.MaxValue, 64), (-1L, 8191), (1L, 8192),
            (1L << 62, 70_000) })
        {
            var before = builder.Size;
            Append(builder, timestamp, new string('k', length), new string('v', length));
            Assert.InRange(builder.Size - before, 1, RecordBatchBuilder.SizeOf(length, length, 0));
        }
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 9)]
    public void ControlRecord_WrittenAndRead_IsTheSame(short type, int coordinatorEpoch)
    {
        var marker = new ControlRecord((ControlRecordType)type, coordinatorEpoch);
        using var builder = new RecordBatchBuilder(64);
        marker.AppendTo(builder, 1_000);
        var batch = builder.Seal(new RecordBatchProperties { IsControl = true, IsTransactional = true, ProducerId = 77,
            ProducerEpoch = 2 }).ToArray();

        Assert.Equal(marker, ControlRecord.Read(batch));
        var records = new List<RecordRange>();
        Assert.True(RecordBatchReader.ReadRecords(batch, 0, 0, records).IsControl);
        Assert.Empty(records);
    }

    [Fact]
    public void ControlRecord_OfGoldenBatches_IsAbortAndCommit()
    {
        var markers = GoldenBatch.All.Where(batch => batch.Properties.IsControl).Select(batch => ControlRecord.Read(batch.Bytes));

        Assert.Equal([ControlRecordType.Commit, ControlRecordType.Abort], markers.Select(marker => marker.Type).OrderDescending());
    }

    [Fact]
    public void ControlRecord_OfABatchOfRecords_IsCorrupt()
        => Assert.Equal(StreamsErrorCode.Corrupt, Assert.Throws<StreamsException>(() => ControlRecord.Read(GoldenBatch.All[0].Bytes)).Code);

    private static void Append(RecordBatchBuilder builder, long timestamp, string? key, string? value)
        => new PlainRecord(0, timestamp, key is null ? null : Encoding.UTF8.GetBytes(key), value is null ? null
            : Encoding.UTF8.GetBytes(value), [])
            .AppendTo(builder);
}
