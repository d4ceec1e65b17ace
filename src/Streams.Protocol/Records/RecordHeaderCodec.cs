using System.Buffers;
using System.Text;
using Streams.Protocol.Primitives;

namespace Streams.Protocol.Records;

/// <summary>
/// Headers as they stand in a record behind their count: name length, name as UTF-8, value length (-1 for none), value; the lengths are
/// zig-zag varints. Bytes that are no headers give a <see cref="StreamsException"/> with <see cref="StreamsErrorCode.Corrupt"/>.
/// </summary>
internal static class RecordHeaderCodec
{
    /// <summary>Writes headers in their order.</summary>
    /// <returns>How many there are.</returns>
    public static int Write(RecordHeaders headers, IBufferWriter<byte> output)
    {
        for (var index = 0; index < headers.Count; index++)
        {
            var header = headers[index];
            var nameSize = Encoding.UTF8.GetByteCount(header.Name);
            var value = header.Value.GetValueOrDefault().Span;
            var span = output.GetSpan(checked((2 * Varint.SizeMax) + nameSize + value.Length));
            var position = Varint.Write(span, nameSize);
            position += Encoding.UTF8.GetBytes(header.Name, span[position..]);
            position += Varint.Write(span[position..], header.Value is null ? -1 : value.Length);
            value.CopyTo(span[position..]);
            output.Advance(position + value.Length);
        }

        return headers.Count;
    }

    /// <summary>Writes one header: for the headers of the framework, whose names and values are bytes already.</summary>
    /// <returns>How many bytes were written.</returns>
    public static int Write(Span<byte> output, ReadOnlySpan<byte> utf8Name, ReadOnlySpan<byte> value)
    {
        var position = Varint.Write(output, utf8Name.Length);
        utf8Name.CopyTo(output[position..]);
        position += utf8Name.Length;
        position += Varint.Write(output[position..], value.Length);
        value.CopyTo(output[position..]);
        return position + value.Length;
    }

    /// <summary>An upper bound of the bytes that one header takes.</summary>
    public static int SizeOf(int nameLength, int valueLength) => checked((2 * Varint.SizeMax) + nameLength + valueLength);

    /// <summary>Reads headers. Values are not copied: they are valid as long as the bytes are.</summary>
    public static RecordHeaders Read(ReadOnlyMemory<byte> bytes, int count)
    {
        var headers = new RecordHeaders();
        var position = 0;
        for (var index = 0; index < count; index++)
        {
            var nameLength = ReadLength(bytes.Span, ref position, 0, index);
            var name = Encoding.UTF8.GetString(bytes.Span.Slice(position, nameLength));
            position += nameLength;
            var valueLength = ReadLength(bytes.Span, ref position, -1, index);
            headers.Add(name, valueLength < 0 ? (ReadOnlyMemory<byte>?)null : bytes.Slice(position, valueLength));
            position += Math.Max(valueLength, 0);
        }

        ThrowUnlessAtEnd(bytes.Span, position);
        return headers;
    }

    /// <summary>Finds the value of the last header of a name; nothing is allocated.</summary>
    /// <returns><see langword="false"/> where no header has that name, or the last one has no value.</returns>
    public static bool TryFindLast(ReadOnlySpan<byte> bytes, int count, ReadOnlySpan<byte> utf8Name, out Range value)
    {
        var start = 0;
        var length = -1;
        var position = 0;
        for (var index = 0; index < count; index++)
        {
            var nameLength = ReadLength(bytes, ref position, 0, index);
            var isWanted = nameLength == utf8Name.Length && bytes.Slice(position, nameLength).SequenceEqual(utf8Name);
            position += nameLength;
            var valueLength = ReadLength(bytes, ref position, -1, index);
            if (isWanted)
            {
                start = position;
                length = valueLength;
            }

            position += Math.Max(valueLength, 0);
        }

        ThrowUnlessAtEnd(bytes, position);
        value = length < 0 ? default : start..(start + length);
        return length >= 0;
    }

    private static int ReadLength(ReadOnlySpan<byte> bytes, ref int position, int lengthMin, int index)
    {
        var start = position;
        if (!Varint.TryRead(bytes, ref position, out int length) || length < lengthMin || length > bytes.Length - position)
        {
            Corruption.Throw(
                "A record's headers", start, position == start ? $"no length in header {index}" : $"length {length} in header {index}",
                $"{lengthMin} to {bytes.Length - position}");
        }

        return length;
    }

    private static void ThrowUnlessAtEnd(ReadOnlySpan<byte> bytes, int position)
    {
        if (position != bytes.Length)
        {
            Corruption.Throw("A record's headers", position, $"{bytes.Length - position} bytes behind the last header", "none");
        }
    }
}
