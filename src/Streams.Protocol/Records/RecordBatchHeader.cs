using System.Buffers.Binary;

namespace Streams.Protocol.Records;

/// <summary>The header of a record batch, read out. It says what stands there; <see cref="RecordBatch.FindFault"/> judges it.</summary>
internal readonly record struct RecordBatchHeader
{
    public long BaseOffset { get; private init; }

    /// <summary>Gets the length field: the batch without its first twelve bytes.</summary>
    public int BatchLength { get; private init; }

    public int LeaderEpoch { get; private init; }

    public byte Magic { get; private init; }

    public uint Crc { get; private init; }

    public short Attributes { get; private init; }

    /// <summary>Gets the distance from the first offset to the last, which compaction keeps even when the last record is gone.</summary>
    public int LastOffsetDelta { get; private init; }

    /// <summary>Gets what the records' timestamps count from; the delete horizon where <see cref="HasDeleteHorizon"/>.</summary>
    public long BaseTimestamp { get; private init; }

    public long MaxTimestamp { get; private init; }

    public long ProducerId { get; private init; }

    public short ProducerEpoch { get; private init; }

    public int BaseSequence { get; private init; }

    public int RecordCount { get; private init; }

    /// <summary>Gets the size of the whole batch in bytes.</summary>
    public int Size => BatchLength + RecordBatchLayout.LengthOverhead;

    public long LastOffset => BaseOffset + LastOffsetDelta;

    public long NextOffset => LastOffset + 1;

    public CompressionCodec Codec => (CompressionCodec)(Attributes & RecordBatchLayout.CodecMask);

    /// <summary>
    /// Gets a value indicating whether all records carry <see cref="MaxTimestamp"/> as the time the broker appended them.
    /// </summary>
    public bool IsLogAppendTime => (Attributes & RecordBatchLayout.LogAppendTimeFlag) != 0;

    public bool IsTransactional => (Attributes & RecordBatchLayout.TransactionalFlag) != 0;

    /// <summary>Gets a value indicating whether the batch holds a transaction marker, which is no record for consumers.</summary>
    public bool IsControl => (Attributes & RecordBatchLayout.ControlFlag) != 0;

    public bool HasDeleteHorizon => (Attributes & RecordBatchLayout.DeleteHorizonFlag) != 0;

    /// <summary>Reads a header.</summary>
    /// <param name="bytes">At least <see cref="RecordBatchLayout.HeaderSize"/> bytes.</param>
    public static RecordBatchHeader Read(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..RecordBatchLayout.HeaderSize];
        return new()
        {
            BaseOffset = BinaryPrimitives.ReadInt64BigEndian(bytes[RecordBatchLayout.BaseOffset..]),
            BatchLength = BinaryPrimitives.ReadInt32BigEndian(bytes[RecordBatchLayout.BatchLength..]),
            LeaderEpoch = BinaryPrimitives.ReadInt32BigEndian(bytes[RecordBatchLayout.LeaderEpoch..]),
            Magic = bytes[RecordBatchLayout.Magic],
            Crc = BinaryPrimitives.ReadUInt32BigEndian(bytes[RecordBatchLayout.Crc..]),
            Attributes = BinaryPrimitives.ReadInt16BigEndian(bytes[RecordBatchLayout.Attributes..]),
            LastOffsetDelta = BinaryPrimitives.ReadInt32BigEndian(bytes[RecordBatchLayout.LastOffsetDelta..]),
            BaseTimestamp = BinaryPrimitives.ReadInt64BigEndian(bytes[RecordBatchLayout.BaseTimestamp..]),
            MaxTimestamp = BinaryPrimitives.ReadInt64BigEndian(bytes[RecordBatchLayout.MaxTimestamp..]),
            ProducerId = BinaryPrimitives.ReadInt64BigEndian(bytes[RecordBatchLayout.ProducerId..]),
            ProducerEpoch = BinaryPrimitives.ReadInt16BigEndian(bytes[RecordBatchLayout.ProducerEpoch..]),
            BaseSequence = BinaryPrimitives.ReadInt32BigEndian(bytes[RecordBatchLayout.BaseSequence..]),
            RecordCount = BinaryPrimitives.ReadInt32BigEndian(bytes[RecordBatchLayout.RecordCount..]),
        };
    }

    /// <summary>Reads the size of the whole batch from its first twelve bytes.</summary>
    /// <returns><see langword="false"/> where there are fewer bytes, or the length cannot be that of a batch.</returns>
    public static bool TryReadSize(ReadOnlySpan<byte> bytes, out int size)
    {
        size = 0;
        if (bytes.Length < RecordBatchLayout.LengthOverhead)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(bytes[RecordBatchLayout.BatchLength..]);
        const int LengthMin = RecordBatchLayout.HeaderSize - RecordBatchLayout.LengthOverhead;
        if (length is < LengthMin or > int.MaxValue - RecordBatchLayout.LengthOverhead)
        {
            return false;
        }

        size = length + RecordBatchLayout.LengthOverhead;
        return true;
    }
}
