using System.Buffers.Binary;
using K4os.Compression.LZ4;
using K4os.Hash.xxHash;
using Streams.Protocol.Primitives;

namespace Streams.Protocol.Compression;

/// <summary>
/// The codec lz4: one LZ4 frame with independent blocks of 64 KiB and no checksums but the header's, as Kafka's
/// <c>Lz4BlockOutputStream</c> writes it. Reads what its reader takes: blocks of any of the format's sizes, optional block checksums,
/// content size and content checksum. Thread-safe.
/// <code>
///  | magic 0x184D2204 (4) | flags (1) | block size id (1) | [content size (8)] | header checksum (1) | { size (4) | block | [xxHash32 (4)] }* | 0 (4) | [xxHash32 (4)]
///  little-endian; the highest bit of a block's size says that the block is stored as it is
/// </code>
/// </summary>
internal static class Lz4Block
{
    private const uint FrameMagic = 0x184D2204;
    private const int BlockSize = 64 * 1024;
    private const uint StoredFlag = 0x8000_0000;
    private const byte WrittenFlags = 0x60;        // version 01, independent blocks
    private const byte WrittenBlockSizeId = 0x40;  // 64 KiB

    public static void Compress(ReadOnlySpan<byte> bytes, PooledBuffer output)
    {
        var span = output.GetSpan(7);
        BinaryPrimitives.WriteUInt32LittleEndian(span, FrameMagic);
        span[4] = WrittenFlags;
        span[5] = WrittenBlockSizeId;
        span[6] = HeaderChecksum(span[4..6]);
        output.Advance(7);
        while (bytes.Length > 0)
        {
            var part = bytes[..Math.Min(bytes.Length, BlockSize)];
            CompressPart(part, output);
            bytes = bytes[part.Length..];
        }

        BinaryPrimitives.WriteUInt32LittleEndian(output.GetSpan(4), 0);
        output.Advance(4);
    }

    /// <summary>Decompresses a frame.</summary>
    /// <exception cref="StreamsException">The bytes are no LZ4 frame (Corrupt), or hold more than fits (MessageTooLarge).</exception>
    public static void Decompress(ReadOnlySpan<byte> block, PooledBuffer output)
    {
        var frame = Lz4FrameHeader.Read(block);
        var position = frame.Size;
        while (true)
        {
            var raw = ReadUInt32(block, ref position);
            if (raw == 0)
            {
                break;
            }

            var size = raw & ~StoredFlag;
            var left = block.Length - position - (frame.HasBlockChecksums ? 4 : 0);
            if (size > (uint)frame.BlockSizeMax || size > (uint)Math.Max(left, 0))
            {
                Corruption.Throw("An lz4 block", position - 4, $"length {size}",
                    $"at most {Math.Max(0, Math.Min(left, frame.BlockSizeMax))}");
            }

            var part = block.Slice(position, (int)size);
            DecompressPart(part, position, (raw & StoredFlag) != 0, frame.BlockSizeMax, output);
            position += part.Length;
            if (frame.HasBlockChecksums)
            {
                CheckBlock(part, position, ReadUInt32(block, ref position));
            }
        }

        if (frame.HasContentChecksum)
        {
            // Kafka skips it as well: the batch's own CRC covers every byte.
            _ = ReadUInt32(block, ref position);
        }

        if (position != block.Length)
        {
            Corruption.Throw("An lz4 block", position, $"{block.Length - position} bytes behind the frame", "none");
        }
    }

    /// <summary>The second byte of the descriptor's xxHash32.</summary>
    internal static byte HeaderChecksum(ReadOnlySpan<byte> descriptor) => (byte)(XXH32.DigestOf(descriptor) >> 8);

    private static void CompressPart(ReadOnlySpan<byte> part, PooledBuffer output)
    {
        // One byte less than the input: what does not shrink is stored as it is.
        var span = output.GetSpan(4 + part.Length);
        var size = part.Length > 1 ? LZ4Codec.Encode(part, span.Slice(4, part.Length - 1)) : -1;
        if (size > 0)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(span, (uint)size);
        }
        else
        {
            size = part.Length;
            part.CopyTo(span[4..]);
            BinaryPrimitives.WriteUInt32LittleEndian(span, (uint)size | StoredFlag);
        }

        output.Advance(4 + size);
    }

    private static void DecompressPart(ReadOnlySpan<byte> part, int position, bool isStored, int blockSizeMax, PooledBuffer output)
    {
        if (isStored)
        {
            if (!output.HasRoomFor(part.Length))
            {
                throw CompressedBlock.TooLarge("lz4", output);
            }

            output.Write(part);
            return;
        }

        // A byte makes at most 255, so a small block never asks for the frame's whole block size.
        var sizeMax = (int)Math.Min(blockSizeMax, (long)part.Length * 255);
        var isShort = !output.HasRoomFor(sizeMax);
        sizeMax = Math.Min(sizeMax, output.SizeMax - output.WrittenCount);
        var size = LZ4Codec.Decode(part, output.GetSpan(sizeMax)[..sizeMax]);
        if (size < 0 && isShort)
        {
            throw CompressedBlock.TooLarge("lz4", output);
        }

        if (size < 0)
        {
            Corruption.Throw("An lz4 block", position, $"{part.Length} bytes that are no block", $"a block of at most {sizeMax} bytes");
        }

        output.Advance(size);
    }

    private static void CheckBlock(ReadOnlySpan<byte> part, int position, uint found)
    {
        var expected = XXH32.DigestOf(part);
        if (found != expected)
        {
            Corruption.Throw("An lz4 block", position, $"checksum 0x{found:X8}", $"0x{expected:X8}");
        }
    }

    private static uint ReadUInt32(ReadOnlySpan<byte> block, ref int position)
    {
        if (block.Length - position < 4)
        {
            Corruption.Throw("An lz4 block", position, $"{block.Length - position} bytes", "a number of 4");
        }

        var value = BinaryPrimitives.ReadUInt32LittleEndian(block[position..]);
        position += 4;
        return value;
    }
}
