using System.Buffers.Binary;
using Snappier;
using Streams.Protocol.Primitives;

namespace Streams.Protocol.Compression;

/// <summary>
/// The codec snappy. Java clients frame it (xerial's <c>SnappyOutputStream</c>), others write one raw block; both are read, Java's
/// is written. Thread-safe.
/// <code>
///  | 82 'SNAPPY' 00 (8) | version 1 (4) | compatible with 1 (4) | { length (4, big-endian) | raw snappy block }*
/// </code>
/// </summary>
internal static class SnappyBlock
{
    private const int FrameHeaderSize = 16;

    // What Kafka's own clients put into a block: xerial's default.
    private const int BlockSize = 32 * 1024;

    // The longest copy makes 64 bytes out of 2 or 3; a block that claims more than this lies about its size.
    private const int ExpansionMax = 64;

    private static ReadOnlySpan<byte> FrameHeader => [0x82, (byte)'S', (byte)'N', (byte)'A', (byte)'P', (byte)'P', (byte)'Y', 0, 0, 0,
        0, 1, 0, 0, 0, 1];

    public static void Compress(ReadOnlySpan<byte> bytes, PooledBuffer output)
    {
        output.Write(FrameHeader);
        while (bytes.Length > 0)
        {
            var part = bytes[..Math.Min(bytes.Length, BlockSize)];
            var span = output.GetSpan(sizeof(int) + Snappy.GetMaxCompressedLength(part.Length));
            var size = Snappy.Compress(part, span[sizeof(int)..]);
            BinaryPrimitives.WriteInt32BigEndian(span, size);
            output.Advance(sizeof(int) + size);
            bytes = bytes[part.Length..];
        }
    }

    /// <summary>Decompresses a block in either framing.</summary>
    /// <exception cref="StreamsException">The bytes are no snappy block (Corrupt), or hold more than fits (MessageTooLarge).</exception>
    public static void Decompress(ReadOnlySpan<byte> block, PooledBuffer output)
    {
        if (!block.StartsWith(FrameHeader[..8]))
        {
            DecompressRaw(block, 0, output);
            return;
        }

        if (block.Length < FrameHeaderSize)
        {
            Corruption.Throw("A snappy block", 0, $"{block.Length} bytes", $"a frame header of {FrameHeaderSize}");
        }

        for (var position = FrameHeaderSize; position < block.Length;)
        {
            var left = block.Length - position - sizeof(int);
            var size = left < 0 ? -1 : BinaryPrimitives.ReadInt32BigEndian(block[position..]);
            if (size < 0 || size > left)
            {
                Corruption.Throw("A snappy block", position, left < 0 ? "no length" : $"length {size}", $"0 to {Math.Max(left, 0)}");
            }

            position += sizeof(int);
            DecompressRaw(block.Slice(position, size), position, output);
            position += size;
        }
    }

    private static void DecompressRaw(ReadOnlySpan<byte> raw, int position, PooledBuffer output)
    {
        // The block says how large it comes out; believed only after it is compared with what its bytes can hold.
        if (Varint.ReadUnsigned(raw, out uint size) == 0 || size > (ulong)raw.Length * ExpansionMax)
        {
            Corruption.Throw("A snappy block", position, $"an uncompressed size of {size} in {raw.Length} bytes",
                $"at most {(long)raw.Length * ExpansionMax}");
        }

        if (!output.HasRoomFor(size))
        {
            throw CompressedBlock.TooLarge("snappy", output);
        }

        try
        {
            var written = Snappy.Decompress(raw, output.GetSpan((int)size)[..(int)size]);
            if (written != size)
            {
                Corruption.Throw("A snappy block", position, $"{written} bytes of content", $"{size}");
            }

            output.Advance(written);
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException or InvalidOperationException)
        {
            throw Corruption.Error("A snappy block", position, error.Message, "a snappy block", error);
        }
    }
}
