using Streams.Protocol.Records;
using Streams.Storage.Files;

namespace Streams.Storage.Segments;

/// <summary>
/// Reads a whole segment and checks every batch: the way to know what a crash has left. A batch that is not sound ends nothing yet: what
/// follows it decides whether the file was torn there or damaged.
/// </summary>
internal static class SegmentScanner
{
    // A relative offset of the index is an int, so nothing of one segment lies further away.
    private const long OffsetSpreadMax = int.MaxValue;

    /// <summary>Scans a file.</summary>
    /// <param name="file">The log file.</param>
    /// <param name="length">How many bytes of it are looked at.</param>
    /// <param name="baseOffset">The segment's base offset.</param>
    /// <param name="nextOffset">The smallest offset its first batch may have.</param>
    /// <param name="indexIntervalBytes">How many bytes lie between two index entries.</param>
    public static SegmentScan Scan(ILogFile file, long length, long baseOffset, long nextOffset, int indexIntervalBytes)
    {
        using var window = new FileWindow(file, length);
        var index = new SegmentIndex(baseOffset);
        var damages = new List<DamagedRange>();
        DamagedRange? tail = null;
        long position = 0;
        while (position < length)
        {
            if (FindFault(window, position, baseOffset, nextOffset, out var header) is { } fault)
            {
                var sound = FindSound(window, position, baseOffset, nextOffset, out header);
                var range = new DamagedRange(position, sound ?? length, nextOffset, sound is null ? nextOffset : header.BaseOffset, fault);
                if (sound is null)
                {
                    tail = range;
                    break;
                }

                damages.Add(range);
                position = sound.Value;
            }

            index.Add(header, position, indexIntervalBytes);
            nextOffset = header.NextOffset;
            position += header.Size;
        }

        return new(index, tail?.Start ?? length, nextOffset, damages, tail);
    }

    private static string? FindFault(FileWindow window, long position, long baseOffset, long nextOffset, out RecordBatchHeader header)
    {
        header = default;
        var head = window.Get(position, RecordBatchLayout.HeaderSize);
        if (head.Length < RecordBatchLayout.HeaderSize)
        {
            return $"found {head.Length} bytes, expected a batch header of {RecordBatchLayout.HeaderSize}";
        }

        header = RecordBatchHeader.Read(head);
        if (!RecordBatchHeader.TryReadSize(head, out var size) || header.Magic != RecordBatchLayout.MagicValue)
        {
            return $"found length {header.BatchLength} and magic {header.Magic}, expected a batch";
        }

        if (size > window.Length - position)
        {
            return $"found a batch of {size} bytes, expected at most the {window.Length - position} that are left";
        }

        if (header.BaseOffset < nextOffset || header.LastOffset - baseOffset > OffsetSpreadMax)
        {
            return $"found base offset {header.BaseOffset}, expected at least {nextOffset}";
        }

        return RecordBatch.FindFault(window.Get(position, size), int.MaxValue);
    }

    // Where the size of the bad batch is right the next one follows it; otherwise every byte may be where a batch begins. The magic byte
    // and the offset rule out nearly all of them before a checksum is computed.
    private static long? FindSound(FileWindow window, long damaged, long baseOffset, long nextOffset, out RecordBatchHeader header)
    {
        var head = window.Get(damaged, RecordBatchLayout.HeaderSize);
        if (RecordBatchHeader.TryReadSize(head, out var size)
            && damaged + size < window.Length
            && FindFault(window, damaged + size, baseOffset, nextOffset, out header) is null)
        {
            return damaged + size;
        }

        for (var position = damaged + 1; position + RecordBatchLayout.HeaderSize <= window.Length; position++)
        {
            var bytes = window.Get(position, RecordBatchLayout.HeaderSize);
            if (bytes.Length == RecordBatchLayout.HeaderSize
                && bytes[RecordBatchLayout.Magic] == RecordBatchLayout.MagicValue
                && FindFault(window, position, baseOffset, nextOffset, out header) is null)
            {
                return position;
            }
        }

        header = default;
        return null;
    }
}
