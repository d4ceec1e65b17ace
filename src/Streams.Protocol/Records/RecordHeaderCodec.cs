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
            position = ReadOne(bytes.Span, position, index, out var name, out var value, out var hasValue);
            headers.Add(Encoding.UTF8.GetString(bytes.Span[name]), hasValue ? bytes[value] : (ReadOnlyMemory<byte>?)null);
        }

        ThrowUnlessAtEnd(bytes.Span, position);
        return headers;
    }

    /// <summary>Finds the value of the last header of a name; nothing is allocated.</summary>
    /// <returns><see langword="false"/> where no header has that name, or the last one has no value.</returns>
    public static bool TryFindLast(ReadOnlySpan<byte> bytes, int count, ReadOnlySpan<byte> utf8Name, out Range value)
    {
        value = default;
        var found = false;
        var position = 0;
        for (var index = 0; index < count; index++)
        {
            position = ReadOne(bytes, position, index, out var name, out var candidate, out var hasValue);
            if (bytes[name].SequenceEqual(utf8Name))
            {
                found = hasValue;
                value = hasValue ? candidate : default;
            }
        }

        ThrowUnlessAtEnd(bytes, position);
        return found;
    }

    private static int ReadOne(ReadOnlySpan<byte> bytes, int position, int index, out Range name, out Range value, out bool hasValue)
    {
        position = ReadLength(bytes, position, 0, index, out var nameLength);
        name = position..(position + nameLength);
        position = ReadLength(bytes, position + nameLength, -1, index, out var valueLength);
        hasValue = valueLength >= 0;
        value = position..(position + Math.Max(valueLength, 0));
        return value.End.Value;
    }

    private static int ReadLength(ReadOnlySpan<byte> bytes, int position, int lengthMin, int index, out int length)
    {
        var size = Varint.Read(bytes[position..], out length);
        var left = bytes.Length - position - size;
        if (size == 0 || length < lengthMin || length > left)
        {
            Corruption.Throw(
                "A record's headers", position, size == 0 ? $"no length in header {index}" : $"length {length} in header {index}",
                $"{lengthMin} to {Math.Max(left, 0)}");
        }

        return position + size;
    }

    private static void ThrowUnlessAtEnd(ReadOnlySpan<byte> bytes, int position)
    {
        if (position != bytes.Length)
        {
            Corruption.Throw("A record's headers", position, $"{bytes.Length - position} bytes behind the last header", "none");
        }
    }
}
