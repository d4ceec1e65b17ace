using System.Buffers.Binary;
using Streams.Protocol.Records;
using Streams.Protocol.Tests.Golden;
using Streams.Transport;

namespace Streams.Protocol.Tests.Records;

/// <summary>Batches that Kafka wrote: read in every codec, written to the same bytes without one.</summary>
public sealed class GoldenBatchTests
{
    public static TheoryData<int> All() => GoldenBatch.Indexes(_ => true);

    public static TheoryData<int> Uncompressed() => GoldenBatch.Indexes(batch => batch.Properties.Codec == CompressionCodec.None);

    [Fact]
    public void Golden_HoldsEveryCodecAndKind()
    {
        Assert.Equal(42, GoldenBatch.All.Count);
        Assert.Equal(Enum.GetValues<CompressionCodec>(), GoldenBatch.All.Select(batch => batch.Properties.Codec).Distinct().Order());
        Assert.Contains(GoldenBatch.All, batch => batch.Properties.IsControl);
        Assert.Contains(GoldenBatch.All, batch => batch.Properties.IsTransactional && !batch.Properties.IsControl);
        Assert.Contains(GoldenBatch.All, batch => batch.LastOffset - batch.Properties.BaseOffset + 1 > batch.Records.Count);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Header_OfAGoldenBatch_SaysWhatKafkaSays(int index)
    {
        var golden = GoldenBatch.All[index];
        var header = RecordBatchHeader.Read(golden.Bytes);

        Assert.Null(RecordBatch.FindFault(golden.Bytes, golden.Bytes.Length));
        Assert.Equal(golden.Crc, RecordBatch.ComputeCrc(golden.Bytes));
        Assert.Equal(golden.Crc, header.Crc);
        Assert.Equal(golden.Bytes.Length, header.Size);
        Assert.Equal(golden.Properties.BaseOffset, header.BaseOffset);
        Assert.Equal(golden.LastOffset, header.LastOffset);
        Assert.Equal(golden.MaxTimestamp, header.MaxTimestamp);
        Assert.Equal(golden.Records.Count, header.RecordCount);
        Assert.Equal(golden.Properties, Properties(header));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Records_OfAGoldenBatch_AreKafkas(int index)
    {
        var golden = GoldenBatch.All[index];

        Assert.Equal(golden.Records, PlainRecord.ReadAll(golden.Bytes));
    }

    [Theory]
    [MemberData(nameof(Uncompressed))]
    public void Seal_OfAGoldenBatchesRecords_GivesTheSameBytes(int index)
    {
        var golden = GoldenBatch.All[index];
        using var builder = new RecordBatchBuilder(64);
        foreach (var (record, created) in golden.Records.Zip(CreateTimes(golden.Bytes)))
        {
            var (headerCount, headers) = record.EncodeHeaders();
            var buffer = new byte[][] { record.Key ?? [], record.Value ?? [], headers }.SelectMany(part => part).ToArray();
            var keyLength = record.Key?.Length ?? -1;
            var valueLength = record.Value?.Length ?? -1;
            builder.Append((int)(record.Offset - golden.Properties.BaseOffset), buffer, new RecordRange
            {
                Timestamp = created,
                KeyLength = keyLength,
                ValueStart = Math.Max(keyLength, 0),
                ValueLength = valueLength,
                HeadersStart = buffer.Length - headers.Length,
                HeadersLength = headers.Length,
                HeaderCount = headerCount,
            });
        }

        var sealedBytes = builder.Seal(golden.Properties with { LastOffsetDelta = (int)(
            golden.LastOffset - golden.Properties.BaseOffset) });

        Assert.Equal(Convert.ToHexString(golden.Bytes), Convert.ToHexString(sealedBytes.Span));
    }

    [Theory]
    [MemberData(nameof(Uncompressed))]
    public void Decompress_OfAnUncompressedBatch_CopiesIt(int index)
    {
        var golden = GoldenBatch.All[index];
        using var output = new Streams.Protocol.Primitives.PooledBuffer(16, golden.Bytes.Length);

        RecordBatchCompression.Decompress(golden.Bytes, output);

        Assert.Equal(golden.Bytes, output.WrittenSpan.ToArray());
    }

    private static RecordBatchProperties Properties(RecordBatchHeader header)
        => new()
        {
            Codec = header.Codec,
            BaseOffset = header.BaseOffset,
            LeaderEpoch = header.LeaderEpoch,
            ProducerId = header.ProducerId,
            ProducerEpoch = header.ProducerEpoch,
            BaseSequence = header.BaseSequence,
            IsTransactional = header.IsTransactional,
            IsControl = header.IsControl,
            AppendTime = header.IsLogAppendTime ? header.MaxTimestamp : null,
        };

    // With log append time the golden file tells that time for every record; what the producer wrote shows once the flag is gone.
    private static IEnumerable<long> CreateTimes(byte[] batch)
    {
        var copy = batch.ToArray();
        var attributes = BinaryPrimitives.ReadInt16BigEndian(copy.AsSpan(RecordBatchLayout.Attributes));
        BinaryPrimitives.WriteInt16BigEndian(
            copy.AsSpan(RecordBatchLayout.Attributes), (short)(attributes & ~RecordBatchLayout.LogAppendTimeFlag));
        RecordBatch.WriteCrc(copy);
        return PlainRecord.ReadAll(copy).Select(record => record.Timestamp);
    }
}
