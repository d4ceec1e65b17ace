using System.Buffers.Binary;
using Streams.Protocol.Primitives;

namespace Streams.Protocol.Compression;

/// <summary>The header of an LZ4 frame. Its layout stands at <see cref="Lz4Block"/>.</summary>
internal readonly record struct Lz4FrameHeader(int Size, int BlockSizeMax, bool HasBlockChecksums, bool HasContentChecksum)
{
    private const uint FrameMagic = 0x184D2204;
    private const int DescriptorStart = 4;
    private const int VersionMask = 0xC0;
    private const int Version = 0x40;
    private const int IndependentFlag = 0x20;
    private const int BlockChecksumFlag = 0x10;
    private const int ContentSizeFlag = 0x08;
    private const int ContentChecksumFlag = 0x04;
    private const int ReservedFlags = 0x03;

    /// <summary>Reads and checks the header.</summary>
    /// <exception cref="StreamsException">
    /// The bytes are no frame that Kafka reads (Corrupt): dependent blocks and dictionaries are refused as Kafka refuses them.
    /// </exception>
    public static Lz4FrameHeader Read(ReadOnlySpan<byte> block)
    {
        if (block.Length < 7 || BinaryPrimitives.ReadUInt32LittleEndian(block) != FrameMagic)
        {
            Corruption.Throw("An lz4 block", 0, block.Length < 7 ? $"{block.Length} bytes"
                : "another magic number", "an LZ4 frame (0x184D2204)");
        }

        int flags = block[DescriptorStart];
        if ((flags & (VersionMask | IndependentFlag | ReservedFlags)) != (Version | IndependentFlag))
        {
            Corruption.Throw("An lz4 block", DescriptorStart, $"flags 0x{flags:X2}", "version 1 with independent blocks and no dictionary");
        }

        int sizeId = block[DescriptorStart + 1];
        if ((sizeId & 0x8F) != 0 || sizeId < 0x40)
        {
            Corruption.Throw("An lz4 block", DescriptorStart + 1, $"block size id 0x{sizeId:X2}", "0x40, 0x50, 0x60 or 0x70");
        }

        var checksumAt = DescriptorStart + 2 + ((flags & ContentSizeFlag) != 0 ? 8 : 0);
        if (block.Length <= checksumAt)
        {
            Corruption.Throw("An lz4 block", 0, $"{block.Length} bytes", $"a frame header of {checksumAt + 1}");
        }

        var expected = Lz4Block.HeaderChecksum(block[DescriptorStart..checksumAt]);
        if (block[checksumAt] != expected)
        {
            Corruption.Throw("An lz4 block", checksumAt, $"header checksum 0x{block[checksumAt]:X2}", $"0x{expected:X2}");
        }

        return new(
            checksumAt + 1,
            1 << (8 + (2 * (sizeId >> 4))),
            (flags & BlockChecksumFlag) != 0,
            (flags & ContentChecksumFlag) != 0);
    }
}
