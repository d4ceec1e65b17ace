using Streams.Protocol.Primitives;
using Streams.Protocol.Records;
using Streams.Transport;

namespace Streams.Protocol.Tests.Golden;

/// <summary>A record with everything it holds copied out, so that it can be compared.</summary>
internal sealed record PlainRecord(
    long Offset, long Timestamp, byte[]? Key, byte[]? Value, IReadOnlyList<(string Name, byte[]? Value)> Headers)
{
    /// <summary>All records of a batch, markers included, whatever its codec.</summary>
    public static IReadOnlyList<PlainRecord> ReadAll(byte[] batch)
    {
        using var plain = new PooledBuffer(batch.Length, RecordBatchLimits.DecompressedBytesMax);
        RecordBatchCompression.Decompress(batch, plain);
        var bytes = plain.WrittenSpan.ToArray();
        Assert.Null(RecordBatch.FindFault(bytes, bytes.Length));
        var ranges = new List<RecordRange>();
        RecordBatchReader.ReadAllRecords(bytes, 0, RecordBatchHeader.Read(bytes), long.MinValue, ranges);
        return [.. ranges.Select(range => From(bytes, range))];
    }

    public static PlainRecord From(byte[] buffer, RecordRange range)
        => new(
            range.Offset,
            range.Timestamp,
            range.KeyLength < 0 ? null : buffer[range.KeyStart..(range.KeyStart + range.KeyLength)],
            range.ValueLength < 0 ? null : buffer[range.ValueStart..(range.ValueStart + range.ValueLength)],
            [.. RecordHeaderCodec.Read(buffer.AsMemory(range.HeadersStart, range.HeadersLength), range.HeaderCount)
                .Select(header => (header.Name, header.Value?.ToArray()))]);

    /// <summary>Appends the record to a batch at the next offset.</summary>
    public void AppendTo(RecordBatchBuilder builder)
    {
        var (count, headers) = EncodeHeaders();
        builder.Append(Timestamp, Key is not null, Key, Value is not null, Value, count, headers);
    }

    public (int Count, byte[] Bytes) EncodeHeaders()
    {
        var headers = new RecordHeaders();
        foreach (var (name, value) in Headers)
        {
            headers.Add(name, value is null ? null : (ReadOnlyMemory<byte>?)value);
        }

        using var buffer = new PooledBuffer(16, RecordBatchLimits.BatchBytesMax);
        var count = RecordHeaderCodec.Write(headers, buffer);
        return (count, buffer.WrittenSpan.ToArray());
    }

    public bool Equals(PlainRecord? other)
        => other is not null && Offset == other.Offset && Timestamp == other.Timestamp && Same(Key, other.Key) && Same(Value, other.Value)
            && Headers.Count == other.Headers.Count
            && Headers.Zip(other.Headers).All(pair => pair.First.Name == pair.Second.Name && Same(pair.First.Value, pair.Second.Value));

    public override int GetHashCode() => HashCode.Combine(Offset, Timestamp);

    public override string ToString()
        => $"{Offset}@{Timestamp} {Hex(Key)}={Hex(Value)} "
            + $"[{string.Join(", ", Headers.Select(header => $"{header.Name}:{Hex(header.Value)}"))}]";

    private static bool Same(byte[]? left, byte[]? right)
        => left is null ? right is null : right is not null && left.AsSpan().SequenceEqual(right);

    private static string Hex(byte[]? bytes) => bytes is null ? "null" : Convert.ToHexString(bytes);
}
