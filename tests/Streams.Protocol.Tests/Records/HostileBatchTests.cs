using Streams.Protocol.Primitives;
using Streams.Protocol.Records;
using Streams.Protocol.Tests.Golden;
using Streams.Transport;

namespace Streams.Protocol.Tests.Records;

/// <summary>
/// Golden batches cut at every byte and with single bits turned. The CRC is left as it is and not asked on reading, so that every decoder
/// meets the damage itself: it may find records or refuse with <see cref="StreamsErrorCode.Corrupt"/>, and nothing else.
/// </summary>
public sealed class HostileBatchTests
{
    private const int OutputMax = 1024 * 1024;

    // Batches up to here are damaged in every bit, larger ones in some hundred bits spread over them.
    private const int SmallSize = 256;
    private const int SampledBits = 800;

    public static TheoryData<int> All() => GoldenBatch.Indexes(_ => true);

    [Theory]
    [MemberData(nameof(All))]
    public void Read_OfABatchCutAnywhere_IsCorrupt(int index)
    {
        var batch = GoldenBatch.All[index].Bytes;
        var records = new List<RecordRange>();
        var step = batch.Length <= SmallSize ? 1 : Math.Max(1, batch.Length / 500);
        for (var size = 0; size < batch.Length; size += step)
        {
            var cut = batch[..size];
            Assert.NotNull(RecordBatch.FindFault(cut, int.MaxValue));
            Assert.True(IsRefused(cut, records), $"cut to {size} of {batch.Length} bytes");

            // The same with a length that fits what is left: now the records end too early.
            if (size >= RecordBatchLayout.HeaderSize)
            {
                WriteLength(cut);
                Assert.NotNull(RecordBatch.FindFault(cut, int.MaxValue));
                Assert.True(IsRefused(cut, records), $"shortened to {size} of {batch.Length} bytes");
            }

            Assert.Empty(records);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Read_OfABatchWithOneBitTurned_FindsRecordsOrIsCorrupt(int index)
    {
        var batch = GoldenBatch.All[index].Bytes.ToArray();
        var records = new List<RecordRange>();
        var bits = batch.Length * 8;
        var step = batch.Length <= SmallSize ? 1 : Math.Max(1, bits / SampledBits) | 1;
        for (var bit = 0; bit < bits; bit += step)
        {
            batch[bit / 8] ^= (byte)(1 << (bit % 8));
            records.Clear();
            var refused = IsRefused(batch, records);
            Assert.True(!refused || records.Count == 0, $"bit {bit}: refused, but {records.Count} records were appended");
            if (IsCovered(bit / 8))
            {
                Assert.NotNull(RecordBatch.FindFault(batch, int.MaxValue));
            }

            batch[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.False(IsRefused(batch, records), "the batch is whole again");
    }

    [Fact]
    public void ReadRecords_WhenTheCountIsHuge_IsCorruptWithoutMemoryForIt()
    {
        var batch = GoldenBatch.All[0].Bytes.ToArray();
        batch.AsSpan(RecordBatchLayout.RecordCount, 2).Fill(0x7F);
        var records = new List<RecordRange>();
        _ = IsRefused(batch, records);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.True(IsRefused(batch, records));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * 1024);
    }

    [Fact]
    public void ReadHeader_OfAnUnknownFormat_SaysPositionFoundAndExpected()
    {
        var batch = GoldenBatch.All[0].Bytes.ToArray();
        batch[RecordBatchLayout.Magic] = 1;

        var error = Assert.Throws<StreamsException>(() => RecordBatchReader.ReadHeader(batch, 0));

        Assert.Equal("A record batch is damaged at byte 16: found magic 1, expected 2.", error.Message);
        Assert.Equal(StreamsErrorCode.Corrupt, error.Code);
    }

    private static bool IsRefused(byte[] batch, List<RecordRange> records)
    {
        using var plain = new PooledBuffer(256, OutputMax);
        try
        {
            RecordBatchCompression.Decompress(batch, plain);
            RecordBatchReader.ReadRecords(plain.WrittenSpan, 0, long.MinValue, records);
            foreach (var record in records)
            {
                ReadHeaders(plain.WrittenMemory, record);
            }

            if (RecordBatchHeader.Read(plain.WrittenSpan).IsControl)
            {
                _ = ControlRecord.Read(plain.WrittenSpan);
            }

            return false;
        }
        catch (StreamsException error)
        {
            Assert.Equal(StreamsErrorCode.Corrupt, error.Code);
            return true;
        }
    }

    // Headers are read on demand: damage in them is refused then, with the records already handed out.
    private static void ReadHeaders(ReadOnlyMemory<byte> buffer, RecordRange record)
    {
        try
        {
            _ = RecordHeaderCodec.Read(buffer.Slice(record.HeadersStart, record.HeadersLength), record.HeaderCount);
        }
        catch (StreamsException error)
        {
            Assert.Equal(StreamsErrorCode.Corrupt, error.Code);
        }
    }

    // Everything but the base offset and the leader epoch, which the broker rewrites.
    private static bool IsCovered(int position)
        => position is >= RecordBatchLayout.BatchLength and < RecordBatchLayout.LeaderEpoch or >= RecordBatchLayout.Magic;

    private static void WriteLength(Span<byte> batch)
        => System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(
            batch[RecordBatchLayout.BatchLength..], batch.Length - RecordBatchLayout.LengthOverhead);
}
