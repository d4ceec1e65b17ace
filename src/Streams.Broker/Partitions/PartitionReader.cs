using Streams.Protocol.Primitives;
using Streams.Protocol.Records;
using Streams.Storage;

namespace Streams.Broker.Partitions;

/// <summary>
/// Turns batches read from a log into a block of records: decoded once, uncompressed bytes as they were read. A block holds either uncompressed
/// batches or what came out of compressed ones; where the log changes from one to the other the block ends, and the next read goes on there.
/// </summary>
internal static class PartitionReader
{
    /// <summary>Fills a block, which takes over the bytes read.</summary>
    /// <param name="read">Whole batches, at least one.</param>
    /// <param name="offset">The first offset wanted.</param>
    /// <param name="bytesMax">Where decompressing stops, softly: one batch always comes out.</param>
    /// <param name="block">The block to fill.</param>
    /// <exception cref="StreamsException">Corrupt; the bytes read are given back.</exception>
    public static void Fill(in LogRead read, long offset, int bytesMax, LogRecordBlock block)
    {
        var taken = false;
        try
        {
            var bytes = read.Bytes.Span;
            if (RecordBatchReader.ReadHeader(bytes, 0).Codec == CompressionCodec.None)
            {
                var next = ReadPlain(bytes, offset, block);
                block.Fill(read, next);
                taken = true;
            }
            else
            {
                Decompress(bytes, offset, bytesMax, block);
            }
        }
        finally
        {
            if (!taken)
            {
                read.Dispose();
            }
        }
    }

    private static long ReadPlain(ReadOnlySpan<byte> bytes, long offset, LogRecordBlock block)
    {
        var next = offset;
        for (var start = 0; start < bytes.Length;)
        {
            if (start > 0 && RecordBatchReader.ReadHeader(bytes, start).Codec != CompressionCodec.None)
            {
                break;
            }

            var header = RecordBatchReader.ReadRecords(bytes, start, offset, block.Ranges);
            next = Math.Max(next, header.NextOffset);
            start += header.Size;
        }

        return next;
    }

    private static void Decompress(ReadOnlySpan<byte> bytes, long offset, int bytesMax, LogRecordBlock block)
    {
        var plain = new PooledBuffer(2 * bytes.Length, PartitionLimits.DecompressedBytesMax);
        try
        {
            var next = offset;
            for (var start = 0; start < bytes.Length;)
            {
                var header = RecordBatchReader.ReadHeader(bytes, start);
                if (header.Codec == CompressionCodec.None || (start > 0 && plain.WrittenCount >= bytesMax))
                {
                    break;
                }

                var plainStart = plain.WrittenCount;
                try
                {
                    RecordBatchCompression.Decompress(bytes.Slice(start, header.Size), plain);
                }
                catch (StreamsException) when (plainStart > 0)
                {
                    // Too large beside the batches before it, or damaged: the next read begins with it, alone.
                    break;
                }

                RecordBatchReader.ReadRecords(plain.WrittenSpan, plainStart, offset, block.Ranges);
                next = Math.Max(next, header.NextOffset);
                start += header.Size;
            }

            block.Fill(plain, next);
        }
        catch
        {
            plain.Dispose();
            throw;
        }
    }
}
