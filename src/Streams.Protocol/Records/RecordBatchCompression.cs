using System.Buffers.Binary;
using Streams.Protocol.Compression;
using Streams.Protocol.Primitives;

namespace Streams.Protocol.Records;

/// <summary>
/// Compresses the records of a batch as one block, and gives a compressed batch back as the plain one it was. Thread-safe.
/// </summary>
internal static class RecordBatchCompression
{
    /// <summary>Compresses a block of records.</summary>
    public static void Compress(CompressionCodec codec, ReadOnlySpan<byte> records, PooledBuffer output)
    {
        switch (codec)
        {
            case CompressionCodec.None: output.Write(records); break;
            case CompressionCodec.Gzip: GzipBlock.Compress(records, output); break;
            case CompressionCodec.Snappy: SnappyBlock.Compress(records, output); break;
            case CompressionCodec.Lz4: Lz4Block.Compress(records, output); break;
            case CompressionCodec.Zstd: ZstdBlock.Compress(records, output); break;
            default: throw UnknownCodec(codec);
        }
    }

    /// <summary>
    /// Appends the batch to the output, its records decompressed: the same header but for codec, length and CRC. A batch without a
    /// codec is copied.
    /// The output's limit bounds what comes out of hostile bytes; nothing is left in the output when this throws.
    /// </summary>
    /// <param name="batch">At least one whole batch.</param>
    /// <param name="output">Takes the plain batch.</param>
    /// <exception cref="StreamsException">
    /// The bytes are no batch, cannot be decompressed, or come out larger than the output's limit (Corrupt).
    /// </exception>
    public static void Decompress(ReadOnlySpan<byte> batch, PooledBuffer output)
    {
        var header = RecordBatchReader.ReadHeader(batch, 0);
        batch = batch[..header.Size];
        var start = output.WrittenCount;
        if (!output.HasRoomFor(RecordBatchLayout.HeaderSize))
        {
            throw TooLarge(header, output.SizeMax, null);
        }

        output.Write(batch[..RecordBatchLayout.HeaderSize]);
        try
        {
            Decompress(header.Codec, batch[RecordBatchLayout.HeaderSize..], output);
        }
        catch (StreamsException error) when (error.Code == StreamsErrorCode.MessageTooLarge)
        {
            output.Truncate(start);
            throw TooLarge(header, output.SizeMax, error);
        }
        catch
        {
            output.Truncate(start);
            throw;
        }

        if (header.Codec == CompressionCodec.None)
        {
            return;
        }

        var plain = output.WrittenSpan[start..];
        BinaryPrimitives.WriteInt32BigEndian(plain[RecordBatchLayout.BatchLength..], plain.Length - RecordBatchLayout.LengthOverhead);
        BinaryPrimitives.WriteInt16BigEndian(
            plain[RecordBatchLayout.Attributes..], (short)(header.Attributes & ~RecordBatchLayout.CodecMask));
        RecordBatch.WriteCrc(plain);
    }

    private static void Decompress(CompressionCodec codec, ReadOnlySpan<byte> block, PooledBuffer output)
    {
        switch (codec)
        {
            case CompressionCodec.None: output.Write(block); break;
            case CompressionCodec.Gzip: GzipBlock.Decompress(block, output); break;
            case CompressionCodec.Snappy: SnappyBlock.Decompress(block, output); break;
            case CompressionCodec.Lz4: Lz4Block.Decompress(block, output); break;
            case CompressionCodec.Zstd: ZstdBlock.Decompress(block, output); break;
            default: throw UnknownCodec(codec);
        }
    }

    private static StreamsException UnknownCodec(CompressionCodec codec)
        => Corruption.Error("A record batch", RecordBatchLayout.Attributes, $"codec {(int)codec}", $"0 to {(int)CompressionCodec.Zstd}");

    private static StreamsException TooLarge(in RecordBatchHeader header, int sizeMax, Exception? cause)
        => Corruption.Error(
            $"The record batch at offset {header.BaseOffset}", RecordBatchLayout.HeaderSize,
            $"more than {sizeMax} bytes of {header.Codec} content", $"at most {sizeMax}", cause);
}
