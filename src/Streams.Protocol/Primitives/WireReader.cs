using System.Buffers.Binary;
using System.Text;

namespace Streams.Protocol.Primitives;

/// <summary>
/// Reads the fields of one of Kafka's messages or stored records. Texts, bytes, arrays and structures follow the classic encoding
/// (int16 and int32 lengths) or the flexible one (compact lengths, tagged fields) as <see cref="IsFlexible"/> says. Every length is checked
/// against the bytes left before anything is made of it; what does not fit is a <see cref="StreamsException"/> with <see
/// cref="StreamsErrorCode.Corrupt"/>.
/// </summary>
internal ref struct WireReader
{
    private readonly ReadOnlyMemory<byte> _memory;
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly string _what;

    /// <summary>Makes a reader.</summary>
    /// <param name="bytes">The bytes; what is read as memory points into them.</param>
    /// <param name="what">What is read, for the error: "An offset commit value".</param>
    public WireReader(ReadOnlyMemory<byte> bytes, string what)
    {
        _memory = bytes;
        _bytes = bytes.Span;
        _what = what;
    }

    /// <summary>Gets or sets a value indicating whether the structure being read is of a flexible version.</summary>
    public bool IsFlexible { get; set; }

    /// <summary>Gets how many bytes are read.</summary>
    public int Position { get; private set; }

    /// <summary>Gets how many bytes are left.</summary>
    public readonly int Remaining => _bytes.Length - Position;

    public bool ReadBoolean() => Take(1)[0] != 0;

    public sbyte ReadInt8() => (sbyte)Take(1)[0];

    public short ReadInt16() => BinaryPrimitives.ReadInt16BigEndian(Take(2));

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public int ReadInt32() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public long ReadInt64() => BinaryPrimitives.ReadInt64BigEndian(Take(8));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    public Guid ReadUuid() => new(Take(16), bigEndian: true);

    public uint ReadUnsignedVarint()
    {
        var size = Varint.ReadUnsigned(_bytes[Position..], out uint value);
        return Accept(size, value);
    }

    public int ReadVarint()
    {
        var size = Varint.Read(_bytes[Position..], out int value);
        return Accept(size, value);
    }

    public long ReadVarlong()
    {
        var size = Varint.Read(_bytes[Position..], out long value);
        return Accept(size, value);
    }

    public string? ReadNullableString()
    {
        var length = IsFlexible ? ReadCompactLength() : ReadInt16();
        return length < 0 ? null : Encoding.UTF8.GetString(Take(length));
    }

    public string ReadString() => ReadNullableString() ?? throw Fault("null", "a text");

    /// <summary>Reads bytes without copying them.</summary>
    public ReadOnlyMemory<byte>? ReadNullableBytes()
    {
        var length = IsFlexible ? ReadCompactLength() : ReadInt32();
        if (length < 0)
        {
            return null;
        }

        Take(length);
        return _memory.Slice(Position - length, length);
    }

    /// <summary>Reads bytes without copying them.</summary>
    public ReadOnlyMemory<byte> ReadBytes() => ReadNullableBytes() ?? throw Fault("null", "bytes");

    /// <summary>Reads the length of an array.</summary>
    /// <param name="elementSizeMin">
    /// The fewest bytes an element takes, at least 1; more elements than fit into the bytes left are refused.
    /// </param>
    /// <returns>The length, or -1 for null.</returns>
    public int ReadNullableArrayLength(int elementSizeMin)
    {
        var length = IsFlexible ? ReadCompactLength() : ReadInt32();
        var lengthMax = Remaining / elementSizeMin;
        if (length > lengthMax)
        {
            throw Fault($"an array of {length}", $"at most {lengthMax} elements in the {Remaining} bytes left");
        }

        return Math.Max(length, -1);
    }

    /// <summary>The same for an array that cannot be null.</summary>
    public int ReadArrayLength(int elementSizeMin)
    {
        var length = ReadNullableArrayLength(elementSizeMin);
        return length >= 0 ? length : throw Fault("null", "an array");
    }

    /// <summary>Reads the array that many of Kafka's structures hold: partition numbers.</summary>
    public int[] ReadInt32Array()
    {
        var values = new int[ReadArrayLength(sizeof(int))];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = ReadInt32();
        }

        return values;
    }

    /// <summary>Reads the number of tagged fields at the end of a structure: none where the version is not flexible.</summary>
    public int ReadTagCount()
    {
        var count = IsFlexible ? ReadUnsignedVarint() : 0;
        return count <= Remaining / 2 ? (int)count : throw Fault($"{count} tagged fields",
            $"at most {Remaining / 2} in the {Remaining} bytes left");
    }

    /// <summary>Reads one tagged field; its bytes are copied.</summary>
    public TaggedField ReadTag()
    {
        var tag = ReadUnsignedVarint();
        var size = ReadUnsignedVarint();
        if (tag > int.MaxValue || size > Remaining)
        {
            throw Fault($"tag {tag} with {size} bytes", $"at most {Remaining} bytes");
        }

        return new((int)tag, Take((int)size).ToArray());
    }

    /// <summary>Reads the tagged fields at the end of a structure that knows none.</summary>
    public IReadOnlyList<TaggedField> ReadUnknownTags()
    {
        var count = ReadTagCount();
        if (count == 0)
        {
            return [];
        }

        var tags = new TaggedField[count];
        for (var index = 0; index < count; index++)
        {
            tags[index] = ReadTag();
        }

        return tags;
    }

    /// <summary>Makes the exception for a value that this structure does not allow.</summary>
    public readonly StreamsException Fault(string found, string expected) => Corruption.Error(_what, Position, found, expected);

    private int ReadCompactLength()
    {
        // Stored one larger, so that 0 can say null.
        var length = ReadUnsignedVarint();
        return length <= int.MaxValue ? (int)length - 1 : throw Fault($"length {length}", $"at most {Remaining}");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)Remaining)
        {
            throw Fault($"a field of {count} bytes", $"at most {Remaining}");
        }

        var taken = _bytes.Slice(Position, count);
        Position += count;
        return taken;
    }

    private T Accept<T>(int size, T value)
    {
        if (size == 0)
        {
            throw Fault("no number", "a varint");
        }

        Position += size;
        return value;
    }
}
