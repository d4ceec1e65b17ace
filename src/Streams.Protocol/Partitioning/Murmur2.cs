using System.Buffers.Binary;

namespace Streams.Protocol.Partitioning;

/// <summary>The hash of Kafka's Java partitioner (<c>Utils.murmur2</c>): same key, same partition, whichever client wrote it.</summary>
internal static class Murmur2
{
    private const uint Seed = 0x9747B28C;
    private const uint Multiplier = 0x5BD1E995;

    /// <summary>Returns the hash of a key's bytes, signed as in Java.</summary>
    public static int Hash(ReadOnlySpan<byte> key)
    {
        var hash = Seed ^ (uint)key.Length;
        while (key.Length >= 4)
        {
            var part = BinaryPrimitives.ReadUInt32LittleEndian(key) * Multiplier;
            hash = (hash * Multiplier) ^ ((part ^ (part >> 24)) * Multiplier);
            key = key[4..];
        }

        if (key.Length > 0)
        {
            hash ^= key.Length switch
            {
                1 => key[0],
                2 => (uint)(key[0] | (key[1] << 8)),
                _ => (uint)(key[0] | (key[1] << 8) | (key[2] << 16)),
            };
            hash *= Multiplier;
        }

        hash = (hash ^ (hash >> 13)) * Multiplier;
        return (int)(hash ^ (hash >> 15));
    }

    /// <summary>Returns the partition of a key: the hash without its sign, modulo the count.</summary>
    public static int Partition(ReadOnlySpan<byte> key, int partitionCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(partitionCount);
        return (Hash(key) & int.MaxValue) % partitionCount;
    }
}
