using System.Buffers.Binary;
using Streams.Protocol.Primitives;

namespace Streams.Protocol.Stored;

/// <summary>What can be said of any key of <c>__consumer_offsets</c>.</summary>
internal static class StoredKey
{
    /// <summary>
    /// Reads which type of record a key belongs to; the type may be one that <see cref="StoredRecordType"/> does not name.
    /// </summary>
    /// <exception cref="StreamsException">The key has less than two bytes (Corrupt).</exception>
    public static StoredRecordType ReadType(ReadOnlySpan<byte> key)
        => key.Length >= sizeof(short)
            ? (StoredRecordType)BinaryPrimitives.ReadInt16BigEndian(key)
            : throw Corruption.Error("A key of __consumer_offsets", 0, $"{key.Length} bytes", "a record type of 2");
}
