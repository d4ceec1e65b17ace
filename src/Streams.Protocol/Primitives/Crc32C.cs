using System.Buffers.Binary;
using System.Numerics;

namespace Streams.Protocol.Primitives;

/// <summary>
/// CRC-32C (Castagnoli), as Kafka stores it. The processor's instruction has a latency of three cycles but takes a new operand
/// every cycle, so long input runs as three independent streams whose results are joined afterwards:
/// crc(A B C) = shift(shift(crc A) ^ crc B) ^ crc C, where shift moves a checksum over as many zero bytes as a stream is long.
/// </summary>
internal static class Crc32C
{
    // Long enough that joining costs little (a few dozen table reads), short enough that a batch of a few KiB gains already.
    private const int StreamSize = 1024;
    private const uint Polynomial = 0x82F63B78;

    private static readonly uint[] Shift = MakeShiftTable(StreamSize);

    /// <summary>Returns the checksum of the bytes.</summary>
    public static uint Compute(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        while (bytes.Length >= 3 * StreamSize)
        {
            crc = AppendThree(crc, bytes[..(3 * StreamSize)]);
            bytes = bytes[(3 * StreamSize)..];
        }

        return ~Append(crc, bytes);
    }

    /// <summary>The same without interleaving: what <see cref="Compute"/> is proven against.</summary>
    internal static uint ComputeSerial(ReadOnlySpan<byte> bytes) => ~Append(uint.MaxValue, bytes);

    private static uint AppendThree(uint crc, ReadOnlySpan<byte> bytes)
    {
        var first = bytes[..StreamSize];
        var second = bytes.Slice(StreamSize, StreamSize);
        var third = bytes.Slice(2 * StreamSize, StreamSize);
        uint crcOfSecond = 0, crcOfThird = 0;
        for (var index = 0; index < StreamSize; index += sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(first[index..]));
            crcOfSecond = BitOperations.Crc32C(crcOfSecond, BinaryPrimitives.ReadUInt64LittleEndian(second[index..]));
            crcOfThird = BitOperations.Crc32C(crcOfThird, BinaryPrimitives.ReadUInt64LittleEndian(third[index..]));
        }

        return MoveOverStream(MoveOverStream(crc) ^ crcOfSecond) ^ crcOfThird;
    }

    private static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }

    private static uint MoveOverStream(uint crc)
        => Shift[crc & 0xFF] ^ Shift[256 + ((crc >> 8) & 0xFF)] ^ Shift[512 + ((crc >> 16) & 0xFF)] ^ Shift[768 + (crc >> 24)];

    // The checksum is linear: moving each single bit over the zero bytes gives every table entry by exclusive or.
    private static uint[] MakeShiftTable(int zeroBytes)
    {
        var moved = new uint[32];
        for (var bit = 0; bit < 32; bit++)
        {
            var crc = 1u << bit;
            for (var step = 0; step < 8 * zeroBytes; step++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * Polynomial);
            }

            moved[bit] = crc;
        }

        var table = new uint[4 * 256];
        for (var index = 0; index < table.Length; index++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                if (((index >> bit) & 1) != 0)
                {
                    table[index] ^= moved[(8 * (index >> 8)) + bit];
                }
            }
        }

        return table;
    }
}
