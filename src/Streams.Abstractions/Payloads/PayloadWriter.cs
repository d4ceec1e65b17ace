using System.Buffers;
using System.Buffers.Text;
using System.Collections;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using MessagePack;

namespace Streams;

/// <summary>What generated writers call for what MessagePack's own writer has no method for, with the layouts of its StandardResolver.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PayloadWriter
{
    private const int GuidLength = 36;
    private const int DecimalLengthMax = 31;
    private const int VersionLengthMax = 43;

    /// <summary>Stops before an object is nested deeper than any reader takes: a cycle would end in a stack overflow.</summary>
    /// <param name="depth">How many objects and collections enclose what is to be written, itself included.</param>
    /// <exception cref="StreamsException">It is deeper than <see cref="PayloadLimits.DepthMax"/>.</exception>
    public static void CheckDepth(int depth)
    {
        if (depth > PayloadLimits.DepthMax)
        {
            ThrowTooDeep();
        }
    }

    /// <summary>Writes a Guid as its text of 36 characters.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Write(ref MessagePackWriter writer, Guid value)
    {
        // | str 8 | length | 36 characters |
        var span = writer.GetSpan(2 + GuidLength);
        span[0] = MessagePackCode.Str8;
        span[1] = GuidLength;
        var fits = Utf8Formatter.TryFormat(value, span[2..], out var length, 'D');
        Debug.Assert(fits && length == GuidLength, "A Guid has 36 characters.");
        writer.Advance(2 + GuidLength);
    }

    /// <summary>Writes a decimal as its invariant text, scale kept.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Write(ref MessagePackWriter writer, decimal value)
    {
        // | fixstr with length | characters |
        var span = writer.GetSpan(1 + DecimalLengthMax);
        var fits = Utf8Formatter.TryFormat(value, span[1..], out var length, 'G');
        Debug.Assert(fits && length <= DecimalLengthMax, "29 digits, a sign and a point fit 31 characters.");
        span[0] = (byte)(MessagePackCode.MinFixStr | length);
        writer.Advance(1 + length);
    }

    /// <summary>Writes a time with its offset: an array of the local time and the offset in minutes.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Write(ref MessagePackWriter writer, DateTimeOffset value)
    {
        writer.WriteArrayHeader(2);
        writer.Write(new DateTime(value.Ticks, DateTimeKind.Utc));
        writer.Write((short)value.TotalOffsetMinutes);
    }

    /// <summary>Writes a version as its text.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value, or null.</param>
    public static void Write(ref MessagePackWriter writer, Version? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        Span<byte> text = stackalloc byte[VersionLengthMax];
        var fits = ((IUtf8SpanFormattable)value).TryFormat(text, out var length, default, null);
        Debug.Assert(fits, "Four integers and three points fit 43 characters.");
        writer.WriteStringHeader(length);
        text[..length].CopyTo(writer.GetSpan(length));
        writer.Advance(length);
    }

    /// <summary>Writes a text from a builder.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value, or null.</param>
    public static void Write(ref MessagePackWriter writer, StringBuilder? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        // The package's writer takes no span of nothing.
        if (value.Length == 0)
        {
            writer.WriteStringHeader(0);
            return;
        }

        // In one piece: a surrogate pair may lie across the builder's chunks.
        var characters = ArrayPool<char>.Shared.Rent(value.Length);
        value.CopyTo(0, characters, value.Length);
        writer.Write(characters.AsSpan(0, value.Length));
        ArrayPool<char>.Shared.Return(characters);
    }

    /// <summary>Writes bits: an array of booleans.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value, or null.</param>
    public static void Write(ref MessagePackWriter writer, BitArray? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(value.Length);
        for (var index = 0; index < value.Length; index++)
        {
            writer.Write(value[index]);
        }
    }

    /// <summary>Writes bytes from a segment; the default one is nil.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Write(ref MessagePackWriter writer, ArraySegment<byte> value)
    {
        if (value.Array is null)
        {
            writer.WriteNil();
            return;
        }

        writer.Write(value.AsSpan());
    }

    /// <summary>Writes bytes from a sequence.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Write(ref MessagePackWriter writer, ReadOnlySequence<byte> value)
    {
        writer.WriteBinHeader(checked((int)value.Length));
        foreach (var segment in value)
        {
            writer.WriteRaw(segment.Span);
        }
    }

    /// <summary>Calls the receiver's callback before its members are written.</summary>
    /// <param name="value">The value to write.</param>
    /// <typeparam name="T">Its type; a struct is not boxed.</typeparam>
    public static void BeforeSerialize<T>(ref T value)
        where T : IMessagePackSerializationCallbackReceiver
        => value.OnBeforeSerialize();

    /// <summary>Makes the exception for an object that is no case of the union it stands for: written without a tag, no reader could tell what it is.</summary>
    /// <param name="type">The object's type.</param>
    /// <param name="union">The union's name.</param>
    public static StreamsException UnknownCase(Type type, string union)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new StreamsException(
            $"'{type}' is no case of '{union}', so that no reader could tell what it is. Add [Union] with a tag of its own.")
        {
            Code = StreamsErrorCode.InvalidRecord,
        };
    }

    private static void ThrowTooDeep()
        => throw new StreamsException(
            $"The message is nested deeper than {PayloadLimits.DepthMax} levels, or an object holds itself. "
            + "Flatten it: no reader would take it.")
        {
            Code = StreamsErrorCode.InvalidRecord,
        };
}
