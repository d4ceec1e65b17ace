using System.Buffers.Binary;

namespace Streams.Storage.Segments;

// time-index entry, 12 bytes:  | timestamp (8) | relative offset (4) |   the largest timestamp up to here, and the last offset of its batch

/// <summary>The largest timestamp seen up to a batch; the offset is that of the batch's last record, as in Kafka.</summary>
internal readonly record struct TimeEntry(long Timestamp, int RelativeOffset)
{
    public const int Size = 12;

    public static TimeEntry Read(ReadOnlySpan<byte> bytes)
        => new(BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt32BigEndian(bytes[8..]));

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt64BigEndian(bytes, Timestamp);
        BinaryPrimitives.WriteInt32BigEndian(bytes[8..], RelativeOffset);
    }
}
