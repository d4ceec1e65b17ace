using System.Buffers.Binary;
using Streams.Protocol.Primitives;

namespace Streams.Protocol.Records;

/// <summary>
/// What is done to a whole batch in place. A span given here is exactly one batch. Thread-safe as far as the bytes are the
/// caller's.
/// </summary>
internal static class RecordBatch
{
    /// <summary>Writes what the broker decides: the offset of the first record and the leader epoch. Both lie outside the CRC.</summary>
    public static void Stamp(Span<byte> batch, long baseOffset, int leaderEpoch)
    {
        BinaryPrimitives.WriteInt64BigEndian(batch[RecordBatchLayout.BaseOffset..], baseOffset);
        BinaryPrimitives.WriteInt32BigEndian(batch[RecordBatchLayout.LeaderEpoch..], leaderEpoch);
    }

    /// <summary>Gives all records the time of the append, where a topic wants that, and renews the CRC.</summary>
    public static void StampAppendTime(Span<byte> batch, long timestamp)
    {
        var attributes = BinaryPrimitives.ReadInt16BigEndian(batch[RecordBatchLayout.Attributes..]);
        BinaryPrimitives.WriteInt16BigEndian(batch[RecordBatchLayout.Attributes..],
            (short)(attributes | RecordBatchLayout.LogAppendTimeFlag));
        BinaryPrimitives.WriteInt64BigEndian(batch[RecordBatchLayout.MaxTimestamp..], timestamp);
        WriteCrc(batch);
    }

    /// <summary>Computes the CRC-32C of everything from the attributes to the end.</summary>
    public static uint ComputeCrc(ReadOnlySpan<byte> batch) => Crc32C.Compute(batch[RecordBatchLayout.Attributes..]);

    /// <summary>Computes and writes the CRC.</summary>
    public static void WriteCrc(Span<byte> batch)
        => BinaryPrimitives.WriteUInt32BigEndian(batch[RecordBatchLayout.Crc..], ComputeCrc(batch));

    public static bool HasValidCrc(ReadOnlySpan<byte> batch)
        => BinaryPrimitives.ReadUInt32BigEndian(batch[RecordBatchLayout.Crc..]) == ComputeCrc(batch);

    /// <summary>
    /// Judges a batch by magic, length, codec, counts and CRC, in this order; the records themselves are not walked. Batches that
    /// compaction has emptied or thinned are sound. The offset and the epoch are outside the CRC: their order in a log is the
    /// log's to check.
    /// </summary>
    /// <returns><see langword="null"/> for a sound batch, otherwise what is wrong, what was found and what was expected.</returns>
    public static string? FindFault(ReadOnlySpan<byte> batch, int sizeMax)
    {
        if (batch.Length < RecordBatchLayout.HeaderSize)
        {
            return $"The batch ends inside its header: found {batch.Length} bytes, expected at least {RecordBatchLayout.HeaderSize}.";
        }

        var header = RecordBatchHeader.Read(batch);
        if (header.Magic != RecordBatchLayout.MagicValue)
        {
            return $"The batch has an unknown format: found magic {header.Magic}, expected {RecordBatchLayout.MagicValue}.";
        }

        if (!RecordBatchHeader.TryReadSize(batch, out var size) || size != batch.Length)
        {
            return $"The batch's length is wrong: found {header.BatchLength}, expected {batch.Length - RecordBatchLayout.LengthOverhead}.";
        }

        if (size > sizeMax)
        {
            return $"The batch is too large: found {size} bytes, expected at most {sizeMax}.";
        }

        return FindCountFault(header) ?? FindCrcFault(batch, header.Crc);
    }

    private static string? FindCountFault(in RecordBatchHeader header)
    {
        if (header.Codec > CompressionCodec.Zstd)
        {
            return $"The batch's codec is unknown: found {(int)header.Codec}, expected 0 to {(int)CompressionCodec.Zstd}.";
        }

        if (header.LastOffsetDelta < 0)
        {
            return $"The batch's last offset is wrong: found delta {header.LastOffsetDelta}, expected 0 or more.";
        }

        // Offsets are unique within a batch, so there cannot be more records than offsets.
        var countMax = (long)header.LastOffsetDelta + 1;
        if (header.Codec == CompressionCodec.None)
        {
            countMax = Math.Min(countMax, (header.Size - RecordBatchLayout.HeaderSize) / RecordBatchLayout.RecordSizeMin);
        }

        return header.RecordCount < 0 || header.RecordCount > countMax
            ? $"The batch's record count is wrong: found {header.RecordCount}, expected 0 to {countMax}."
            : null;
    }

    private static string? FindCrcFault(ReadOnlySpan<byte> batch, uint found)
    {
        var expected = ComputeCrc(batch);
        return found == expected ? null : $"The batch's checksum is wrong: found 0x{found:X8}, expected 0x{expected:X8}.";
    }
}
