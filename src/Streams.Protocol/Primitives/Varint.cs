using System.Numerics;
using System.Runtime.CompilerServices;

namespace Streams.Protocol.Primitives;

/// <summary>
/// Base-128 numbers, seven bits a byte, lowest first, the high bit set on all bytes but the last. The signed forms are zig-zag
/// coded (0, -1, 1, -2 become 0, 1, 2, 3). Reading returns how many bytes were read, or 0 where the bytes end too early or
/// the number does not fit.
/// </summary>
internal static class Varint
{
    /// <summary>The most bytes a 32-bit number takes.</summary>
    public const int SizeMax = 5;

    /// <summary>The most bytes a 64-bit number takes.</summary>
    public const int LongSizeMax = 10;

    public static int SizeOf(int value) => SizeOfUnsigned(ZigZag(value));

    public static int SizeOf(long value) => SizeOfUnsigned(ZigZag(value));

    // One byte for every seven bits begun, without a division: 9/64 is close enough to 1/7 for every count of bits up to 64.
    public static int SizeOfUnsigned(uint value) => ((BitOperations.Log2(value | 1) * 9) + 73) >> 6;

    public static int SizeOfUnsigned(ulong value) => ((BitOperations.Log2(value | 1) * 9) + 73) >> 6;

    public static int Write(Span<byte> bytes, int value) => WriteUnsigned(bytes, ZigZag(value));

    public static int Write(Span<byte> bytes, long value) => WriteUnsigned(bytes, ZigZag(value));

    // Lengths, counts and deltas are small: one or two bytes, here without a loop.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WriteUnsigned(Span<byte> bytes, uint value)
    {
        if (value <= 0x7F)
        {
            bytes[0] = (byte)value;
            return 1;
        }

        if (value <= 0x3FFF)
        {
            bytes[1] = (byte)(value >> 7);
            bytes[0] = (byte)(value | 0x80);
            return 2;
        }

        return WriteUnsigned(bytes, (ulong)value);
    }

    public static int WriteUnsigned(Span<byte> bytes, ulong value)
    {
        var index = 0;
        while (value > 0x7F)
        {
            bytes[index++] = (byte)(value | 0x80);
            value >>= 7;
        }

        bytes[index++] = (byte)value;
        return index;
    }

    public static int Read(ReadOnlySpan<byte> bytes, out int value)
    {
        var size = ReadUnsigned(bytes, out uint raw);
        value = UnZigZag(raw);
        return size;
    }

    public static int Read(ReadOnlySpan<byte> bytes, out long value)
    {
        var size = ReadUnsigned(bytes, out ulong raw);
        value = (long)(raw >> 1) ^ -(long)(raw & 1);
        return size;
    }

    /// <summary>Reads a number at a position and moves the position behind it.</summary>
    /// <returns><see langword="false"/> where there is none; the position stays.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> bytes, ref int position, out int value)
    {
        var index = position;
        if ((uint)index < (uint)bytes.Length)
        {
            uint low = bytes[index];
            if (low <= 0x7F)
            {
                value = UnZigZag(low);
                position = index + 1;
                return true;
            }

            if ((uint)++index < (uint)bytes.Length && bytes[index] <= 0x7F)
            {
                value = UnZigZag((low & 0x7F) | ((uint)bytes[index] << 7));
                position = index + 1;
                return true;
            }
        }

        return TryReadLonger(bytes, ref position, out value);
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, ref int, out int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> bytes, ref int position, out long value)
    {
        if ((uint)position < (uint)bytes.Length && bytes[position] <= 0x7F)
        {
            value = UnZigZag(bytes[position]);
            position++;
            return true;
        }

        return TryReadLonger(bytes, ref position, out value);
    }

    public static int ReadUnsigned(ReadOnlySpan<byte> bytes, out uint value)
    {
        var size = ReadUnsigned(bytes.Length > SizeMax ? bytes[..SizeMax] : bytes, out ulong wide);
        value = (uint)wide;
        return wide <= uint.MaxValue ? size : 0;
    }

    public static int ReadUnsigned(ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (var index = 0; index < bytes.Length && index < LongSizeMax; index++)
        {
            var part = bytes[index];
            value |= (ulong)(part & 0x7F) << (7 * index);
            if (part <= 0x7F)
            {
                // The tenth byte holds the one bit that is left of 64.
                return index < LongSizeMax - 1 || part <= 1 ? index + 1 : 0;
            }
        }

        return 0;
    }

    private static bool TryReadLonger(ReadOnlySpan<byte> bytes, ref int position, out int value)
    {
        var size = Read(bytes[position..], out value);
        position += size;
        return size > 0;
    }

    private static bool TryReadLonger(ReadOnlySpan<byte> bytes, ref int position, out long value)
    {
        var size = Read(bytes[position..], out value);
        position += size;
        return size > 0;
    }

    private static int UnZigZag(uint raw) => (int)(raw >> 1) ^ -(int)(raw & 1);

    private static uint ZigZag(int value) => (uint)((value << 1) ^ (value >> 31));

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));
}
