using CsCheck;
using Streams.Protocol.Records;
using Streams.Protocol.Tests.Golden;

namespace Streams.Protocol.Tests.Records;

/// <summary>Random batches written and read back. A failure prints its seed; CsCheck_Seed in the environment replays it.</summary>
public sealed class RecordBatchPropertyTests
{
    private static readonly Gen<byte[]?> Bytes = Gen.Byte.Array[0, 200].Null();

    private static readonly Gen<PlainRecord> Record = Gen.Select(
        Gen.OneOf(Gen.Long, Gen.Long[1_700_000_000_000, 1_700_000_100_000]),
        Bytes,
        Bytes,
        Gen.Select(Gen.String[0, 20], Bytes, (name, value) => (WellFormed(name), value)).Array[0, 4],
        (timestamp, key, value, headers) => new PlainRecord(0, timestamp, key, value, headers));

    [Fact]
    public void Batch_WrittenAndRead_IsTheSame()
        => Gen.Select(Record.Array[1, 40], Gen.Enum<CompressionCodec>(), Gen.Long[0, long.MaxValue / 2]).Sample(
            (records, codec, baseOffset) =>
            {
                using var builder = new RecordBatchBuilder(64);
                foreach (var record in records)
                {
                    record.AppendTo(builder);
                }

                var batch = builder.Seal(codec).ToArray();
                RecordBatch.Stamp(batch, baseOffset, 3);

                Assert.Null(RecordBatch.FindFault(batch, batch.Length));
                var header = RecordBatchHeader.Read(batch);
                Assert.Equal(records.Max(record => record.Timestamp), header.MaxTimestamp);
                Assert.Equal(baseOffset + records.Length, header.NextOffset);
                Assert.Equal(records.Select((record, index) => record with { Offset = baseOffset + index }), PlainRecord.ReadAll(batch));
            },
            iter: 500);

    [Fact]
    public void FindLast_OfRandomHeaders_AgreesWithReading()
        => Gen.Select(Gen.Select(Gen.Char['a', 'c'].Select(name => name.ToString()), Bytes).Array[0, 6], Gen.Char['a', 'c']).Sample(
            (headers, wanted) =>
            {
                var (count, bytes) = new PlainRecord(0, 0, null, null, headers).EncodeHeaders();
                var last = RecordHeaderCodec.Read(bytes, count).Last(wanted.ToString());

                var found = RecordHeaderCodec.TryFindLast(bytes, count, [(byte)wanted], out var value);

                Assert.Equal(last?.Value is not null, found);
                Assert.Equal(last?.Value?.ToArray() ?? [], found ? bytes[value] : []);
            },
            iter: 5_000);

    // Lone surrogates have no UTF-8; what a producer can send never holds them.
    private static string WellFormed(string text) => new(text.Where(letter => !char.IsSurrogate(letter)).ToArray());
}
