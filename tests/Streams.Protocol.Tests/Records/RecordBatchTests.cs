using System.Buffers.Binary;
using Streams.Protocol.Primitives;
using Streams.Protocol.Records;
using Streams.Protocol.Tests.Golden;
using Streams.Transport;

namespace Streams.Protocol.Tests.Records;

public sealed class RecordBatchTests
{
    private static readonly byte[] Golden = GoldenBatch.All.First(batch => batch.Records.Count == 300).Bytes;

    [Fact]
    public void Stamp_ChangesOffsetAndEpochOnly()
    {
        var batch = Golden.ToArray();

        RecordBatch.Stamp(batch, 123_456_789_012, 42);

        var header = RecordBatchHeader.Read(batch);
        Assert.Equal((123_456_789_012, 42), (header.BaseOffset, header.LeaderEpoch));
        Assert.Null(RecordBatch.FindFault(batch, batch.Length));
        Assert.Equal(Golden[RecordBatchLayout.Magic..], batch[RecordBatchLayout.Magic..]);
    }

    [Fact]
    public void StampAppendTime_GivesAllRecordsThatTime()
    {
        var batch = Golden.ToArray();

        RecordBatch.StampAppendTime(batch, 77);

        Assert.Null(RecordBatch.FindFault(batch, batch.Length));
        Assert.All(PlainRecord.ReadAll(batch), record => Assert.Equal(77, record.Timestamp));
    }

    [Theory]
    [InlineData(RecordBatchLayout.Magic, 1, "The batch has an unknown format: found magic 1, expected 2.")]
    [InlineData(RecordBatchLayout.LastOffsetDelta, 0x80, "The batch's last offset is wrong: found delta -2147483349, expected 0 or more.")]
    [InlineData(RecordBatchLayout.RecordCount, 0x80, "The batch's record count is wrong: found -2147483348, expected 0 to 300.")]
    [InlineData(RecordBatchLayout.RecordCount + 2, 2, "The batch's record count is wrong: found 556, expected 0 to 300.")]
    [InlineData(RecordBatchLayout.Attributes + 1, 7, "The batch's codec is unknown: found 7, expected 0 to 4.")]
    public void FindFault_WhenAByteIsWrong_SaysWhat(int position, byte value, string fault)
    {
        var batch = Golden.ToArray();
        batch[position] = value;

        Assert.Equal(fault, RecordBatch.FindFault(batch, batch.Length));
    }

    [Fact]
    public void FindFault_WhenTheLastByteIsWrong_SaysTheChecksums()
    {
        var batch = Golden.ToArray();
        var crc = RecordBatchHeader.Read(batch).Crc;
        batch[^1] ^= 1;

        Assert.Equal(
            $"The batch's checksum is wrong: found 0x{crc:X8}, expected 0x{RecordBatch.ComputeCrc(batch):X8}.",
            RecordBatch.FindFault(batch, batch.Length));
        Assert.False(RecordBatch.HasValidCrc(batch));
    }

    [Fact]
    public void FindFault_WhenTheSizeDiffers_SaysIt()
    {
        Assert.Equal(
            $"The batch is too large: found {Golden.Length} bytes, expected at most {Golden.Length - 1}.",
            RecordBatch.FindFault(Golden, Golden.Length - 1));
        Assert.StartsWith("The batch's length is wrong: ", RecordBatch.FindFault([.. Golden, 0], int.MaxValue), StringComparison.Ordinal);
        Assert.StartsWith("The batch ends inside its header: ", RecordBatch.FindFault(Golden[..60], int.MaxValue),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(48)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MaxValue - 11)]
    [InlineData(int.MinValue)]
    public void TryReadSize_WhenTheLengthIsImplausible_IsFalse(int length)
    {
        var batch = Golden.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(RecordBatchLayout.BatchLength), length);

        Assert.False(RecordBatchHeader.TryReadSize(batch, out _));
    }

    [Fact]
    public void TryReadSize_OfTwelveBytes_IsTheWholeBatch()
    {
        Assert.True(RecordBatchHeader.TryReadSize(Golden.AsSpan(0, 12), out var size));
        Assert.Equal(Golden.Length, size);
        Assert.False(RecordBatchHeader.TryReadSize(Golden.AsSpan(0, 11), out _));
    }

    [Fact]
    public void ReadRecords_FromAnOffset_AppendsThoseFromThereOn()
    {
        var header = RecordBatchHeader.Read(Golden);
        var buffer = new byte[7 + Golden.Length + 5];
        Golden.CopyTo(buffer.AsSpan(7));
        var records = new List<RecordRange> { default };

        RecordBatchReader.ReadRecords(buffer, 7, header.BaseOffset + 297, records);

        Assert.Equal([0, header.BaseOffset + 297, header.BaseOffset + 298, header.BaseOffset + 299], records.Select(record
            => record.Offset));
        Assert.Equal(GoldenBatch.All.First(batch => batch.Records.Count == 300).Records[297], PlainRecord.From(buffer, records[1]));
    }

    [Fact]
    public void ReadRecords_OfACompressedBatch_IsABug()
    {
        var compressed = GoldenBatch.All.First(batch => batch.Properties.Codec == CompressionCodec.Zstd).Bytes;

        Assert.Throws<InvalidOperationException>(() => RecordBatchReader.ReadRecords(compressed, 0, 0, []));
    }

    [Fact]
    public void ReadRecords_WhenOffsetsGoBack_IsCorrupt()
    {
        // Two records; the second one's offset delta is the fourth byte of its own.
        using var builder = new RecordBatchBuilder(64);
        builder.Append(5, false, default, false, default, 0, default);
        builder.Append(5, false, default, false, default, 0, default);
        var batch = builder.Seal(CompressionCodec.None).ToArray();
        batch[RecordBatchLayout.HeaderSize + 7 + 3] = 0;

        var error = Assert.Throws<StreamsException>(() => RecordBatchReader.ReadRecords(batch, 0, 0, []));

        Assert.Equal("The record batch at offset 0 is damaged at byte 68: found offset delta 0 in record 1, expected 1 to 1.",
            error.Message);
    }

    [Fact]
    public void Decompress_WhenTheContentIsLargerThanTheOutput_IsCorruptAndLeavesNothing()
    {
        using var builder = new RecordBatchBuilder(64);
        builder.Append(0, false, default, true, new byte[200_000], 0, default);
        foreach (var codec in Enum.GetValues<CompressionCodec>())
        {
            var batch = builder.Seal(codec).ToArray();
            using var output = new PooledBuffer(16, 100_000);
            output.Write([1, 2, 3]);

            var error = Assert.Throws<StreamsException>(() => RecordBatchCompression.Decompress(batch, output));

            Assert.Equal(StreamsErrorCode.Corrupt, error.Code);
            Assert.Contains("at most 100000", error.Message, StringComparison.Ordinal);
            Assert.Equal(3, output.WrittenCount);
        }
    }

    [Fact]
    public void Batches_OfSeveralCodecs_AreReadOneBehindTheOther()
    {
        var golden = GoldenBatch.All.OrderBy(batch => batch.Properties.BaseOffset).ToArray();
        var batches = golden.SelectMany(batch => batch.Bytes).ToArray();
        Assert.True(RecordBatches.AnyCompressed(batches));
        using var plain = new PooledBuffer(16, RecordBatchLimits.DecompressedBytesMax);
        RecordBatches.Decompress(batches, plain);
        Assert.False(RecordBatches.AnyCompressed(plain.WrittenSpan));
        var records = new List<RecordRange>();

        var next = RecordBatches.ReadRecords(plain.WrittenSpan, 0, records);

        var bytes = plain.WrittenSpan.ToArray();
        Assert.Equal(golden.Max(batch => batch.LastOffset) + 1, next);
        Assert.Equal(
            golden.Where(batch => !batch.Properties.IsControl).SelectMany(batch => batch.Records),
            records.Select(record => PlainRecord.From(bytes, record)));
    }
}
