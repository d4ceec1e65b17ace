using Streams.Protocol.Primitives;
using Streams.Transport;

namespace Streams.Protocol.Records;

/// <summary>Several whole batches one behind the other, as a log read or a fetch answers them. Thread-safe.</summary>
internal static class RecordBatches
{
    /// <summary>Whether any of the batches is compressed, so that its records need <see cref="Decompress"/> first.</summary>
    public static bool AnyCompressed(ReadOnlySpan<byte> batches)
    {
        for (var start = 0; start < batches.Length;)
        {
            var header = RecordBatchReader.ReadHeader(batches, start);
            if (header.Codec != CompressionCodec.None)
            {
                return true;
            }

            start += header.Size;
        }

        return false;
    }

    /// <summary>
    /// Appends all batches to the output, each of them uncompressed; those that come out of compressed ones within the output's
    /// limit.
    /// </summary>
    public static void Decompress(ReadOnlySpan<byte> batches, PooledBuffer output)
    {
        for (var start = 0; start < batches.Length;)
        {
            var size = RecordBatchReader.ReadHeader(batches, start).Size;
            RecordBatchCompression.Decompress(batches.Slice(start, size), output);
            start += size;
        }
    }

    /// <summary>
    /// Appends the records of all batches, which are uncompressed, that are at or after an offset; markers are passed over.
    /// </summary>
    /// <returns>The offset behind the last batch, or <paramref name="fromOffset"/> where there is none.</returns>
    public static long ReadRecords(ReadOnlySpan<byte> batches, long fromOffset, List<RecordRange> records)
    {
        var next = fromOffset;
        for (var start = 0; start < batches.Length;)
        {
            var header = RecordBatchReader.ReadRecords(batches, start, fromOffset, records);
            next = Math.Max(next, header.NextOffset);
            start += header.Size;
        }

        return next;
    }
}
