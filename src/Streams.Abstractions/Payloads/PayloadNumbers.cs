using System.Buffers;
using System.Buffers.Binary;
using System.ComponentModel;
using System.Numerics;
using MessagePack;

namespace Streams;

/// <summary>Writes and reads the types of <c>System.Numerics</c> and the 128-bit integers, with the layouts of MessagePack's StandardResolver.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PayloadNumbers
{
    private const int WideLength = 16;

    /// <summary>Writes a big integer: its little-endian two's complement, as bytes.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Write(ref MessagePackWriter writer, BigInteger value)
    {
        var length = value.GetByteCount();
        writer.WriteBinHeader(length);
        var fits = value.TryWriteBytes(writer.GetSpan(length), out var written);
        Invariant.Holds(fits && written == length, "A big integer has as many bytes as it says.");
        writer.Advance(length);
    }

    /// <summary>Writes a 128-bit integer: 16 bytes, little-endian.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Write(ref MessagePackWriter writer, Int128 value) => Write(ref writer, (UInt128)value);

    /// <summary>Writes an unsigned 128-bit integer: 16 bytes, little-endian.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Write(ref MessagePackWriter writer, UInt128 value)
    {
        writer.WriteBinHeader(WideLength);
        BinaryPrimitives.WriteUInt128LittleEndian(writer.GetSpan(WideLength), value);
        writer.Advance(WideLength);
    }

    /// <summary>Writes a complex number: an array of its two parts.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Write(ref MessagePackWriter writer, Complex value)
    {
        writer.WriteArrayHeader(2);
        writer.Write(value.Real);
        writer.Write(value.Imaginary);
    }

    /// <summary>Writes a vector: an array of its elements.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Write(ref MessagePackWriter writer, Vector2 value) => WriteAll(ref writer, [value.X, value.Y]);

    /// <summary>Writes a vector: an array of its elements.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Write(ref MessagePackWriter writer, Vector3 value) => WriteAll(ref writer, [value.X, value.Y, value.Z]);

    /// <summary>Writes a vector: an array of its elements.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Write(ref MessagePackWriter writer, Vector4 value) => WriteAll(ref writer, [value.X, value.Y, value.Z, value.W]);

    /// <summary>Writes a quaternion: an array of its elements.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Write(ref MessagePackWriter writer, Quaternion value) => WriteAll(ref writer, [value.X, value.Y, value.Z, value.W]);

    /// <summary>Writes a matrix: an array of its elements, row by row.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Write(ref MessagePackWriter writer, Matrix3x2 value)
        => WriteAll(ref writer, [value.M11, value.M12, value.M21, value.M22, value.M31, value.M32]);

    /// <summary>Writes a matrix: an array of its elements, row by row.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Write(ref MessagePackWriter writer, Matrix4x4 value)
        => WriteAll(
            ref writer,
            [
                value.M11, value.M12, value.M13, value.M14, value.M21, value.M22, value.M23, value.M24,
                value.M31, value.M32, value.M33, value.M34, value.M41, value.M42, value.M43, value.M44,
            ]);

    /// <summary>Reads a big integer.</summary>
    /// <param name="reader">The reader.</param>
    public static BigInteger ReadBigInteger(ref MessagePackReader reader)
    {
        var bytes = PayloadReader.ReadBinary(ref reader);
        return new BigInteger(bytes.IsSingleSegment ? bytes.FirstSpan : bytes.ToArray());
    }

    /// <summary>Reads a 128-bit integer.</summary>
    /// <param name="reader">The reader.</param>
    public static Int128 ReadInt128(ref MessagePackReader reader) => (Int128)ReadUInt128(ref reader);

    /// <summary>Reads an unsigned 128-bit integer.</summary>
    /// <param name="reader">The reader.</param>
    public static UInt128 ReadUInt128(ref MessagePackReader reader)
    {
        var bytes = PayloadReader.ReadBinary(ref reader);
        if (bytes.Length != WideLength)
        {
            throw new MessagePackSerializationException($"expected {WideLength} bytes, found {bytes.Length}.");
        }

        Span<byte> copy = stackalloc byte[WideLength];
        bytes.CopyTo(copy);
        return BinaryPrimitives.ReadUInt128LittleEndian(copy);
    }

    /// <summary>Reads a complex number.</summary>
    /// <param name="reader">The reader.</param>
    public static Complex ReadComplex(ref MessagePackReader reader)
    {
        PayloadReader.ExpectArray(ref reader, 2);
        return new Complex(reader.ReadDouble(), reader.ReadDouble());
    }

    /// <summary>Reads a vector.</summary>
    /// <param name="reader">The reader.</param>
    public static Vector2 ReadVector2(ref MessagePackReader reader)
    {
        PayloadReader.ExpectArray(ref reader, 2);
        return new Vector2(reader.ReadSingle(), reader.ReadSingle());
    }

    /// <summary>Reads a vector.</summary>
    /// <param name="reader">The reader.</param>
    public static Vector3 ReadVector3(ref MessagePackReader reader)
    {
        PayloadReader.ExpectArray(ref reader, 3);
        return new Vector3(reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle());
    }

    /// <summary>Reads a vector.</summary>
    /// <param name="reader">The reader.</param>
    public static Vector4 ReadVector4(ref MessagePackReader reader)
    {
        PayloadReader.ExpectArray(ref reader, 4);
        return new Vector4(reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle());
    }

    /// <summary>Reads a quaternion.</summary>
    /// <param name="reader">The reader.</param>
    public static Quaternion ReadQuaternion(ref MessagePackReader reader)
    {
        PayloadReader.ExpectArray(ref reader, 4);
        return new Quaternion(reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle());
    }

    /// <summary>Reads a matrix.</summary>
    /// <param name="reader">The reader.</param>
    public static Matrix3x2 ReadMatrix3x2(ref MessagePackReader reader)
    {
        Span<float> all = stackalloc float[6];
        ReadAll(ref reader, all);
        return new Matrix3x2(all[0], all[1], all[2], all[3], all[4], all[5]);
    }

    /// <summary>Reads a matrix.</summary>
    /// <param name="reader">The reader.</param>
    public static Matrix4x4 ReadMatrix4x4(ref MessagePackReader reader)
    {
        Span<float> all = stackalloc float[16];
        ReadAll(ref reader, all);
        return new Matrix4x4(
            all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7],
            all[8], all[9], all[10], all[11], all[12], all[13], all[14], all[15]);
    }

    private static void WriteAll(ref MessagePackWriter writer, scoped ReadOnlySpan<float> values)
    {
        writer.WriteArrayHeader(values.Length);
        foreach (var value in values)
        {
            writer.Write(value);
        }
    }

    private static void ReadAll(ref MessagePackReader reader, scoped Span<float> values)
    {
        PayloadReader.ExpectArray(ref reader, values.Length);
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = reader.ReadSingle();
        }
    }
}
