using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Streams.Protocol.Primitives;

/// <summary>
/// Writes the fields of one of Kafka's messages or stored records, in the classic or the flexible encoding as <see
/// cref="IsFlexible"/> says.
/// What is written reaches the output with <see cref="Flush"/>.
/// </summary>
internal ref struct WireWriter(IBufferWriter<byte> output)
{
    private Span<byte> _span;
    private int _used;

    /// <summary>Gets or sets a value indicating whether the structure being written is of a flexible version.</summary>
    public bool IsFlexible { get; set; }

    public void WriteBoolean(bool value) => WriteInt8(value ? (sbyte)1 : (sbyte)0);

    public void WriteInt8(sbyte value) => Reserve(1)[0] = (byte)value;

    public void WriteInt16(short value) => BinaryPrimitives.WriteInt16BigEndian(Reserve(2), value);

    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Reserve(2), value);

    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32BigEndian(Reserve(4), value);

    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Reserve(4), value);

    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64BigEndian(Reserve(8), value);

    public void WriteDouble(double value) => BinaryPrimitives.WriteDoubleBigEndian(Reserve(8), value);

    public void WriteUuid(Guid value) => value.TryWriteBytes(Reserve(16), bigEndian: true, out _);

    public void WriteUnsignedVarint(uint value) => Varint.WriteUnsigned(Reserve(Varint.SizeOfUnsigned(value)), value);

    public void WriteVarint(int value) => Varint.Write(Reserve(Varint.SizeOf(value)), value);

    public void WriteVarlong(long value) => Varint.Write(Reserve(Varint.SizeOf(value)), value);

    /// <summary>Writes a text, which may be null where the field is nullable.</summary>
    /// <exception cref="StreamsException">The text is longer than the classic encoding can say: 32,767 bytes (InvalidRecord).</exception>
    public void WriteString(string? value)
    {
        var length = value is null ? -1 : Encoding.UTF8.GetByteCount(value);
        if (IsFlexible)
        {
            WriteCompactLength(length);
        }
        else
        {
            WriteInt16(length <= short.MaxValue ? (short)length : throw TooLong(value!, length));
        }

        if (length > 0)
        {
            Encoding.UTF8.GetBytes(value, Reserve(length));
        }
    }

    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        WriteLength(bytes.Length);
        WriteRaw(bytes);
    }

    public void WriteNullableBytes(ReadOnlyMemory<byte>? bytes)
    {
        if (bytes is { } present)
        {
            WriteBytes(present.Span);
        }
        else
        {
            WriteLength(-1);
        }
    }

    /// <summary>Writes the length of an array, -1 for null.</summary>
    public void WriteArrayLength(int length) => WriteLength(length);

    public void WriteInt32Array(IReadOnlyList<int> values)
    {
        WriteLength(values.Count);
        for (var index = 0; index < values.Count; index++)
        {
            WriteInt32(values[index]);
        }
    }

    /// <summary>
    /// Writes the tagged fields at the end of a structure, in the order of their tags; nothing where the version is not flexible.
    /// </summary>
    public void WriteTags(IReadOnlyList<TaggedField> tags)
    {
        if (!IsFlexible)
        {
            return;
        }

        WriteUnsignedVarint((uint)tags.Count);
        for (var index = 0; index < tags.Count; index++)
        {
            WriteUnsignedVarint((uint)tags[index].Tag);
            WriteUnsignedVarint((uint)tags[index].Bytes.Length);
            WriteRaw(tags[index].Bytes.Span);
        }
    }

    /// <summary>Writes bytes without a length.</summary>
    public void WriteRaw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    /// <summary>Hands everything written to the output.</summary>
    public void Flush()
    {
        if (_used > 0)
        {
            output.Advance(_used);
        }

        _span = default;
        _used = 0;
    }

    private void WriteLength(int length)
    {
        if (IsFlexible)
        {
            WriteCompactLength(length);
        }
        else
        {
            WriteInt32(length);
        }
    }

    private void WriteCompactLength(int length) => WriteUnsignedVarint((uint)(length + 1));

    private Span<byte> Reserve(int count)
    {
        if (_span.Length - _used < count)
        {
            Flush();
            _span = output.GetSpan(count);
        }

        var reserved = _span.Slice(_used, count);
        _used += count;
        return reserved;
    }

    private static StreamsException TooLong(string value, int length)
        => new($"The text '{value[..64]}...' takes {length} bytes; at most {short.MaxValue} can be written. Use a shorter one.")
        {
            Code = StreamsErrorCode.InvalidRecord,
        };
}
