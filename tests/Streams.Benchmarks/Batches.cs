using Streams.Protocol.Records;

namespace Streams.Benchmarks;

/// <summary>Record batches to append.</summary>
internal static class Batches
{
    /// <summary>Makes a batch of about that many bytes, of records with 100 bytes each.</summary>
    public static byte[] Create(int size)
    {
        using var builder = new RecordBatchBuilder(size);
        var value = new byte[100];
        new Random(1).NextBytes(value);
        while (builder.Size + value.Length + 40 <= size)
        {
            builder.Append(1_700_000_000_000 + builder.Count, hasKey: false, default, hasValue: true, value, 0, default);
        }

        return builder.Seal(CompressionCodec.None).ToArray();
    }
}
