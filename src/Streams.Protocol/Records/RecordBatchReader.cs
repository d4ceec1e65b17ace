using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Streams.Protocol.Primitives;
using Streams.Transport;

namespace Streams.Protocol.Records;

/// <summary>
/// Finds the records of batches without copying them. Every length is checked against the bytes left; bytes that are no batch give a
/// <see cref="StreamsException"/> with <see cref="StreamsErrorCode.Corrupt"/> and nothing else. The CRC is not looked at. Thread-safe.
/// </summary>
internal static class RecordBatchReader
{
    /// <summary>Reads the header of the batch that begins at a position, after checking that the whole batch is there.</summary>
    public static RecordBatchHeader ReadHeader(ReadOnlySpan<byte> buffer, int batchStart)
    {
        var bytes = buffer[batchStart..];
        if (bytes.Length < RecordBatchLayout.HeaderSize)
        {
            Corruption.Throw("A record batch", batchStart, $"{bytes.Length} bytes", $"a header of {RecordBatchLayout.HeaderSize}");
        }

        var header = RecordBatchHeader.Read(bytes);
        if (header.Magic != RecordBatchLayout.MagicValue)
        {
            Corruption.Throw("A record batch", batchStart + RecordBatchLayout.Magic, $"magic {header.Magic}",
                $"{RecordBatchLayout.MagicValue}");
        }

        if (!RecordBatchHeader.TryReadSize(bytes, out var size) || size > bytes.Length)
        {
            Corruption.Throw(
                "A record batch", batchStart + RecordBatchLayout.BatchLength, $"length {header.BatchLength}",
                $"{RecordBatchLayout.HeaderSize - RecordBatchLayout.LengthOverhead} to {bytes.Length - RecordBatchLayout.LengthOverhead}");
        }

        return header;
    }

    /// <summary>
    /// Appends the records of one uncompressed batch that are at or after an offset; positions are relative to the buffer. A
    /// control batch has none:
    /// its marker is for <see cref="ControlRecord"/>. Nothing is appended when this throws.
    /// </summary>
    /// <param name="buffer">Bytes that hold the whole batch.</param>
    /// <param name="batchStart">Where the batch begins.</param>
    /// <param name="fromOffset">The first offset wanted.</param>
    /// <param name="records">
    /// Takes the records; it grows by the batch's record count at most, which is bounded by the batch's bytes.
    /// </param>
    /// <returns>The batch's header.</returns>
    /// <exception cref="StreamsException">The bytes are no batch, or the records do not fill it exactly (Corrupt).</exception>
    public static RecordBatchHeader ReadRecords(ReadOnlySpan<byte> buffer, int batchStart, long fromOffset, List<RecordRange> records)
    {
        var header = ReadHeader(buffer, batchStart);
        if (!header.IsControl)
        {
            ReadAllRecords(buffer, batchStart, header, fromOffset, records);
        }

        return header;
    }

    /// <summary>The same for every record of any batch, markers included.</summary>
    internal static void ReadAllRecords(
        ReadOnlySpan<byte> buffer, int batchStart, in RecordBatchHeader header, long fromOffset, List<RecordRange> records)
    {
        Invariant.Holds(header.Codec == CompressionCodec.None, "A compressed batch is decompressed before its records are read.");
        var recordsStart = batchStart + RecordBatchLayout.HeaderSize;
        var end = batchStart + header.Size;
        if ((uint)header.RecordCount > (uint)((end - recordsStart) / RecordBatchLayout.RecordSizeMin))
        {
            Corruption.Throw(
                Name(header), batchStart + RecordBatchLayout.RecordCount, $"{header.RecordCount} records",
                $"at most {(end - recordsStart) / RecordBatchLayout.RecordSizeMin} in {end - recordsStart} bytes");
        }

        var first = records.Count;
        CollectionsMarshal.SetCount(records, first + header.RecordCount);
        var kept = 0;
        try
        {
            kept = Walk(buffer[..end], recordsStart, header, fromOffset, CollectionsMarshal.AsSpan(records)[first..]);
        }
        finally
        {
            CollectionsMarshal.SetCount(records, first + kept);
        }
    }

    private static int Walk(ReadOnlySpan<byte> buffer, int position, in RecordBatchHeader header, long fromOffset,
        Span<RecordRange> records)
    {
        var kept = 0;
        var previousDelta = -1;
        for (var index = 0; index < records.Length; index++)
        {
            // The slot is overwritten by the next record where this one is before the offset wanted.
            ref var record = ref records[kept];
            var next = ReadRecord(buffer, position, header, ref record, out var offsetDelta);
            if (next < 0)
            {
                ThrowBadRecord(header, index, ~next);
            }

            if (offsetDelta <= previousDelta || offsetDelta > header.LastOffsetDelta)
            {
                Corruption.Throw(
                    Name(header), position, $"offset delta {offsetDelta} in record {index}",
                    $"{(long)previousDelta + 1} to {header.LastOffsetDelta}");
            }

            previousDelta = offsetDelta;
            position = next;
            if (record.Offset >= fromOffset)
            {
                kept++;
            }
        }

        if (position != buffer.Length)
        {
            Corruption.Throw(Name(header), position, $"{buffer.Length - position} bytes behind the last record", "none");
        }

        return kept;
    }

    /// <returns>Where the next record begins, or the complement of the position that is wrong.</returns>
    private static int ReadRecord(
        ReadOnlySpan<byte> buffer, int position, in RecordBatchHeader header, ref RecordRange record, out int offsetDelta)
    {
        offsetDelta = 0;
        if (!Varint.TryRead(buffer, ref position, out int length)
            || length < RecordBatchLayout.RecordSizeMin - 1
            || length > buffer.Length - position)
        {
            return ~position;
        }

        var end = position + length;
        buffer = buffer[..end];
        position++;
        if (!Varint.TryRead(buffer, ref position, out long timestampDelta)
            || !Varint.TryRead(buffer, ref position, out offsetDelta)
            || !TryReadLength(buffer, ref position, out record.KeyLength, out record.KeyStart)
            || !TryReadLength(buffer, ref position, out record.ValueLength, out record.ValueStart)
            || !Varint.TryRead(buffer, ref position, out int headerCount))
        {
            return ~position;
        }

        // A header takes two bytes at least; without headers nothing follows.
        if ((uint)headerCount > (uint)(end - position) / 2 || (headerCount == 0 && position != end))
        {
            return ~position;
        }

        record.HeaderCount = headerCount;
        record.HeadersStart = position;
        record.HeadersLength = end - position;
        record.Offset = header.BaseOffset + offsetDelta;
        record.Timestamp = header.IsLogAppendTime ? header.MaxTimestamp : unchecked(header.BaseTimestamp + timestampDelta);
        return end;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadLength(ReadOnlySpan<byte> buffer, ref int position, out int length, out int start)
    {
        start = 0;
        if (!Varint.TryRead(buffer, ref position, out length) || length < -1 || length > buffer.Length - position)
        {
            return false;
        }

        start = position;
        position += Math.Max(length, 0);
        return true;
    }

    [DoesNotReturn]
    private static void ThrowBadRecord(in RecordBatchHeader header, int index, int position)
        => Corruption.Throw(
            Name(header), position, $"a length or number in record {index} that leaves the record or the batch",
            $"{header.RecordCount} records that fill the batch exactly");

    private static string Name(in RecordBatchHeader header) => $"The record batch at offset {header.BaseOffset}";
}
