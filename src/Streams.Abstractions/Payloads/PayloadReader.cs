using System.Buffers.Text;
using System.ComponentModel;
using System.Text;
using MessagePack;

namespace Streams;

/// <summary>
/// What generated readers call for what MessagePack's own reader has no method for, with the layouts of its StandardResolver.
/// Stricter in three things: text must be valid UTF-8, a timestamp's nanoseconds stay below a second, nesting is bounded.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PayloadReader
{
    private const sbyte TimestampExtension = -1;
    private const int GuidLength = 36;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Enters something that encloses other things; the caller leaves with <see cref="MessagePackReader.Depth"/>.</summary>
    /// <param name="reader">The reader.</param>
    public static void Enter(ref MessagePackReader reader)
    {
        if (++reader.Depth > PayloadLimits.DepthMax)
        {
            throw new MessagePackSerializationException($"objects are nested deeper than {PayloadLimits.DepthMax} levels.");
        }
    }

    /// <summary>Enters an object or collection laid out as an array; the caller leaves with <see cref="MessagePackReader.Depth"/>.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>How many elements follow, never more than bytes are left.</returns>
    public static int EnterArray(ref MessagePackReader reader)
    {
        Enter(ref reader);
        return reader.ReadArrayHeader();
    }

    /// <summary>Enters an object or collection laid out as a map.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>How many pairs follow, never more than bytes are left for.</returns>
    public static int EnterMap(ref MessagePackReader reader)
    {
        Enter(ref reader);
        return reader.ReadMapHeader();
    }

    /// <summary>Enters something of a fixed number of elements.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="count">The number of elements it must have.</param>
    public static void EnterTuple(ref MessagePackReader reader, int count)
    {
        Enter(ref reader);
        ExpectArray(ref reader, count);
    }

    /// <summary>Reads the header of an array of a fixed number of plain values.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="count">The number of elements it must have.</param>
    public static void ExpectArray(ref MessagePackReader reader, int count)
    {
        var actual = reader.ReadArrayHeader();
        if (actual != count)
        {
            throw new MessagePackSerializationException($"expected an array of {count} elements, found {actual}.");
        }
    }

    /// <summary>Passes over elements this version does not know.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="known">How many were read.</param>
    /// <param name="count">How many there are.</param>
    public static void SkipUnknown(ref MessagePackReader reader, int known, int count)
    {
        for (; known < count; known++)
        {
            reader.Skip();
        }
    }

    /// <summary>Refuses nil where a message must stand.</summary>
    /// <param name="reader">The reader.</param>
    public static void ExpectValue(ref MessagePackReader reader)
    {
        if (reader.End)
        {
            throw new EndOfStreamException();
        }

        if (reader.IsNil)
        {
            throw new MessagePackSerializationException("expected a message, found nil.");
        }
    }

    /// <summary>Refuses a member that comes twice.</summary>
    /// <param name="wasSeen">Whether it came before; set.</param>
    public static void ExpectFirst(ref bool wasSeen)
    {
        if (wasSeen)
        {
            throw new MessagePackSerializationException("the member stands there twice.");
        }

        wasSeen = true;
    }

    /// <summary>Refuses bytes after the message.</summary>
    /// <param name="reader">The reader.</param>
    public static void ExpectEnd(ref MessagePackReader reader)
    {
        if (!reader.End)
        {
            throw new MessagePackSerializationException($"{reader.Sequence.Length - reader.Consumed} bytes follow the message.");
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="reader">The reader.</param>
    public static string? ReadString(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        return StrictUtf8.GetString(ReadUtf8(ref reader));
    }

    /// <summary>Reads the name of a member of an object laid out as a map.</summary>
    /// <param name="reader">The reader.</param>
    public static ReadOnlySpan<byte> ReadUtf8(ref MessagePackReader reader)
        => reader.TryReadStringSpan(out var text)
            ? text
            : throw (reader.IsNil
                ? new MessagePackSerializationException("expected a text, found nil.")
                : new EndOfStreamException());

    /// <summary>Reads bytes; null, a text and an array of small integers are taken too, as MessagePack's own formatter does.</summary>
    /// <param name="reader">The reader.</param>
    public static byte[]? ReadBytes(ref MessagePackReader reader)
    {
        if (reader.NextMessagePackType != MessagePackType.Array)
        {
            return reader.ReadBytes() is { } bytes ? System.Buffers.BuffersExtensions.ToArray(bytes) : null;
        }

        // A byte of the payload for each at least, so the header cannot ask for more than is there.
        var values = new byte[reader.ReadArrayHeader()];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = reader.ReadByte();
        }

        return values;
    }

    /// <summary>Reads bytes that are not null, without copying them.</summary>
    /// <param name="reader">The reader.</param>
    public static System.Buffers.ReadOnlySequence<byte> ReadBinary(ref MessagePackReader reader)
        => reader.ReadBytes() ?? throw new MessagePackSerializationException("expected bytes, found nil.");

    /// <summary>Reads bytes as a sequence; null is an empty one.</summary>
    /// <param name="reader">The reader.</param>
    public static System.Buffers.ReadOnlySequence<byte> ReadSequence(ref MessagePackReader reader)
        => ReadBytes(ref reader) is { } bytes ? new(bytes) : default;

    /// <summary>Reads bytes as a segment; null is the default one.</summary>
    /// <param name="reader">The reader.</param>
    public static ArraySegment<byte> ReadSegment(ref MessagePackReader reader) => ReadBytes(ref reader) is { } bytes ? new(bytes) : default;

    /// <summary>Reads a text into a builder.</summary>
    /// <param name="reader">The reader.</param>
    public static StringBuilder? ReadStringBuilder(ref MessagePackReader reader)
        => ReadString(ref reader) is { } text ? new StringBuilder(text) : null;

    /// <summary>Reads bits: an array of booleans.</summary>
    /// <param name="reader">The reader.</param>
    public static System.Collections.BitArray? ReadBitArray(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        var bits = new System.Collections.BitArray(reader.ReadArrayHeader());
        for (var index = 0; index < bits.Length; index++)
        {
            bits[index] = reader.ReadBoolean();
        }

        return bits;
    }

    /// <summary>Calls the receiver's callback after its members were set.</summary>
    /// <param name="value">The value that was read.</param>
    /// <typeparam name="T">Its type; a struct is not boxed.</typeparam>
    public static void AfterDeserialize<T>(ref T value)
        where T : IMessagePackSerializationCallbackReceiver
        => value.OnAfterDeserialize();

    /// <summary>Makes the exception for a union whose tag this version does not know.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="union">The union's name.</param>
    public static Exception UnknownCase(int tag, string union)
        => new MessagePackSerializationException($"'{union}' has no case of tag {tag}; it may come from a newer version.");

    /// <summary>Refuses a case without a value, which no writer makes.</summary>
    /// <param name="value">The case.</param>
    /// <typeparam name="T">The union.</typeparam>
    public static T ExpectCase<T>(T? value)
        where T : class
        => value ?? throw new MessagePackSerializationException("expected the value of a union's case, found nil.");

    /// <summary>Reads an address, relative or absolute.</summary>
    /// <param name="reader">The reader.</param>
    public static Uri? ReadUri(ref MessagePackReader reader)
        => ReadString(ref reader) is { } text ? new Uri(text, UriKind.RelativeOrAbsolute) : null;

    /// <summary>Reads a version.</summary>
    /// <param name="reader">The reader.</param>
    public static Version? ReadVersion(ref MessagePackReader reader) => ReadString(ref reader) is { } text ? new Version(text) : null;

    /// <summary>Reads a Guid: its text of 36 characters.</summary>
    /// <param name="reader">The reader.</param>
    public static Guid ReadGuid(ref MessagePackReader reader)
    {
        var text = ReadUtf8(ref reader);
        return text.Length == GuidLength && Utf8Parser.TryParse(text, out Guid value, out var length, 'D') && length == GuidLength
            ? value
            : throw new MessagePackSerializationException("expected the 36 characters of a Guid.");
    }

    /// <summary>Reads a decimal: its invariant text.</summary>
    /// <param name="reader">The reader.</param>
    public static decimal ReadDecimal(ref MessagePackReader reader)
    {
        var text = ReadUtf8(ref reader);
        return Utf8Parser.TryParse(text, out decimal value, out var length) && length == text.Length
            ? value
            : throw new MessagePackSerializationException("expected the text of a decimal number.");
    }

    /// <summary>Reads a time: MessagePack's timestamp.</summary>
    /// <param name="reader">The reader.</param>
    public static DateTime ReadDateTime(ref MessagePackReader reader)
    {
        var header = reader.ReadExtensionFormatHeader();
        if (header.TypeCode != TimestampExtension || header.Length is not (4 or 8 or 12))
        {
            throw new MessagePackSerializationException(
                $"expected a timestamp (extension -1 of 4, 8 or 12 bytes), found extension {header.TypeCode} of {header.Length} bytes.");
        }

        Span<byte> bytes = stackalloc byte[(int)header.Length];
        System.Buffers.BuffersExtensions.CopyTo(reader.ReadRaw(header.Length), bytes);
        var (seconds, nanoseconds) = SplitTimestamp(bytes);
        if (nanoseconds > 999_999_999)
        {
            throw new MessagePackSerializationException($"a timestamp has {nanoseconds} nanoseconds, at most 999999999.");
        }

        var ticks = checked(DateTime.UnixEpoch.Ticks + (seconds * TimeSpan.TicksPerSecond) + (nanoseconds / 100));
        return new DateTime(ticks, DateTimeKind.Utc);
    }

    /// <summary>Reads a time with its offset: an array of the local time and the offset in minutes.</summary>
    /// <param name="reader">The reader.</param>
    public static DateTimeOffset ReadDateTimeOffset(ref MessagePackReader reader)
    {
        ExpectArray(ref reader, 2);
        var local = ReadDateTime(ref reader);
        return new DateTimeOffset(local.Ticks, TimeSpan.FromMinutes(reader.ReadInt16()));
    }

    private static (long Seconds, uint Nanoseconds) SplitTimestamp(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 4)
        {
            return (System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes), 0);
        }

        if (bytes.Length == 12)
        {
            return (System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(bytes[4..]),
                System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes));
        }

        var both = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes);
        return ((long)(both & 0x3_FFFF_FFFF), (uint)(both >> 34));
    }

}
