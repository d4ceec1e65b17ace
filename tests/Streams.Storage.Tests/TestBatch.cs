using System.Text;
using Streams.Protocol.Primitives;
using Streams.Protocol.Records;
using Streams.Transport;

namespace Streams.Storage.Tests;

/// <summary>Batches of records that are text.</summary>
internal static class TestBatch
{
    public static byte[] Of(params ReadOnlySpan<TestRecord> records) => Compressed(CompressionCodec.None, records);

    public static byte[] Compressed(CompressionCodec codec, params ReadOnlySpan<TestRecord> records)
    {
        using var builder = new RecordBatchBuilder(256);
        foreach (var record in records)
        {
            using var headers = new PooledBuffer(64, 64 * 1024);
            var count = record.Header is null ? 0 : RecordHeaderCodec.Write(new RecordHeaders { { "h", Bytes(record.Header) } }, headers);
            builder.Append(
                record.Timestamp, record.Key is not null, Bytes(record.Key), record.Value is not null, Bytes(record.Value),
                count, headers.WrittenSpan);
        }

        return builder.Seal(codec).ToArray();
    }

    /// <summary>A batch of one record of about that many bytes.</summary>
    public static byte[] OfSize(int bytes, string? key = null, long timestamp = 1_000)
        => Of(new TestRecord(key, new string('x', Math.Max(0, bytes - 80)), timestamp));

    public static List<TestRecord> Parse(ReadOnlySpan<byte> batches)
    {
        var records = new List<TestRecord>();
        var ranges = new List<RecordRange>();
        while (!batches.IsEmpty)
        {
            Assert.True(RecordBatchHeader.TryReadSize(batches, out var size) && size <= batches.Length, "Whole batches were read.");
            Assert.Null(RecordBatch.FindFault(batches[..size], int.MaxValue));
            using var plain = new PooledBuffer(size, 1024 * 1024);
            RecordBatchCompression.Decompress(batches[..size], plain);
            ranges.Clear();
            RecordBatchReader.ReadRecords(plain.WrittenSpan, 0, 0, ranges);
            foreach (var range in ranges)
            {
                records.Add(ToRecord(plain.WrittenMemory, range));
            }

            batches = batches[size..];
        }

        return records;
    }

    private static TestRecord ToRecord(ReadOnlyMemory<byte> bytes, RecordRange range)
    {
        var headers = RecordHeaderCodec.Read(bytes.Slice(range.HeadersStart, range.HeadersLength), range.HeaderCount);
        return new(
            Text(bytes.Span, range.KeyStart, range.KeyLength),
            Text(bytes.Span, range.ValueStart, range.ValueLength),
            range.Timestamp,
            range.Offset,
            headers.Count == 0 ? null : Encoding.UTF8.GetString(headers[0].Value.GetValueOrDefault().Span));
    }

    private static byte[] Bytes(string? text) => text is null ? [] : Encoding.UTF8.GetBytes(text);

    private static string? Text(ReadOnlySpan<byte> bytes, int start, int length)
        => length < 0 ? null : Encoding.UTF8.GetString(bytes.Slice(start, length));
}
