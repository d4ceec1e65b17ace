using System.Buffers.Binary;

namespace Streams.Storage.Segments;

// offset-index entry, 8 bytes:  | relative offset (4) | position in segment (4) |   base 1000, offset 1007 -> stored as 7

/// <summary>Where a batch lies; the offset is that of its last record, as in Kafka.</summary>
internal readonly record struct OffsetEntry(int RelativeOffset, int Position)
{
    public const int Size = 8;

    public static OffsetEntry Read(ReadOnlySpan<byte> bytes)
        => new(BinaryPrimitives.ReadInt32BigEndian(bytes), BinaryPrimitives.ReadInt32BigEndian(bytes[4..]));

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes, RelativeOffset);
        BinaryPrimitives.WriteInt32BigEndian(bytes[4..], Position);
    }
}
