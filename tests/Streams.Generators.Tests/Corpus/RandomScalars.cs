using System.Buffers;
using System.Collections;
using System.Numerics;
using System.Text;
using MessagePack;

namespace Streams.Generators.Tests.Corpus;

/// <summary>Random values of types that are one value on the wire, edge values often.</summary>
internal sealed class RandomScalars(Random random)
{
    /// <summary>Creates a value, or null where the type is no such one.</summary>
    public object? Create(Type type)
        => type.IsEnum ? Enum.ToObject(type, Create(Enum.GetUnderlyingType(type))!)
            : Primitive(type) ?? Framework(type) ?? Bytes(type) ?? Numeric(type);

    // Every length of an integer is as likely as the next, both signs.
    private long Bits() => (random.NextInt64() >> random.Next(64)) * (random.Next(2) == 0 ? 1 : -1);

    private object? Primitive(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => random.Next(2) == 1,
        TypeCode.SByte => (sbyte)Bits(),
        TypeCode.Byte => (byte)Bits(),
        TypeCode.Int16 => (short)Bits(),
        TypeCode.UInt16 => (ushort)Bits(),
        TypeCode.Int32 => (int)Bits(),
        TypeCode.UInt32 => (uint)Bits(),
        TypeCode.Int64 => Bits(),
        TypeCode.UInt64 => (ulong)Bits(),
        TypeCode.Single => BitConverter.Int32BitsToSingle((int)random.NextInt64()),
        TypeCode.Double => random.Next(4) == 0 ? Math.Round(random.NextDouble(), 2) : BitConverter.Int64BitsToDouble(random.NextInt64()),
        TypeCode.Char => (char)random.Next(0xd800),
        TypeCode.String => Text(),
        TypeCode.Decimal => new decimal((int)Bits(), (int)Bits(), (int)Bits(), random.Next(2) == 1, (byte)random.Next(29)),
        TypeCode.DateTime => Moment(),
        _ => null,
    };

    private object? Framework(Type type) => type switch
    {
        _ when type == typeof(Half) => (Half)(random.NextDouble() * 100),
        _ when type == typeof(Guid) => new Guid(Random(16)),
        _ when type == typeof(DateTimeOffset) => Offset(),
        _ when type == typeof(TimeSpan) => new TimeSpan(Bits()),
        _ when type == typeof(DateOnly) => DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber + 1)),
        _ when type == typeof(TimeOnly) => new TimeOnly(random.NextInt64(TimeSpan.TicksPerDay)),
        _ when type == typeof(Uri) => new Uri(
            (random.Next(2) == 0 ? "http://a.example/" : "b/") + random.Next(1000), UriKind.RelativeOrAbsolute),
        _ when type == typeof(Version) => new Version(random.Next(9), random.Next(99), random.Next(999)),
        _ when type == typeof(StringBuilder) => new StringBuilder().Append(Text()).Append(Text()),
        _ when type == typeof(Rune) => new Rune(random.Next(2) == 0 ? random.Next(0xd800) : random.Next(0x10000, 0x110000)),
        _ when type == typeof(BitArray) => new BitArray([.. Enumerable.Range(0, random.Next(20)).Select(_ => random.Next(2) == 1)]),
        _ when type == typeof(Nil) => Nil.Default,
        _ => null,
    };

    private object? Bytes(Type type) => type switch
    {
        _ when type == typeof(byte[]) => RandomBytes(),
        _ when type == typeof(Memory<byte>) => new Memory<byte>(RandomBytes()),
        _ when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>(RandomBytes()),
        _ when type == typeof(ReadOnlySequence<byte>) => new ReadOnlySequence<byte>(RandomBytes()),
        _ when type == typeof(ArraySegment<byte>) => random.Next(5) == 0 ? default : Segment(),
        _ => null,
    };

    private object? Numeric(Type type) => type switch
    {
        _ when type == typeof(BigInteger) => new BigInteger(Random(random.Next(3) == 0 ? 300 : random.Next(1, 20))),
        _ when type == typeof(Complex) => new Complex(random.NextDouble(), Bits()),
        _ when type == typeof(Int128) => new Int128((ulong)Bits(), (ulong)Bits()),
        _ when type == typeof(UInt128) => new UInt128((ulong)Bits(), (ulong)Bits()),
        _ when type == typeof(Vector2) => new Vector2(Single(), Single()),
        _ when type == typeof(Vector3) => new Vector3(Single(), Single(), Single()),
        _ when type == typeof(Vector4) => new Vector4(Single(), Single(), Single(), Single()),
        _ when type == typeof(Quaternion) => new Quaternion(Single(), Single(), Single(), Single()),
        _ when type == typeof(Matrix3x2) => new Matrix3x2(Single(), Single(), Single(), Single(), Single(), Single()),
        _ when type == typeof(Matrix4x4) => Matrix4x4.CreateTranslation(Single(), Single(), Single()) with { M11 = Single() },
        _ => null,
    };

    private float Single() => (float)random.NextDouble();

    private string Text()
    {
        var length = random.Next(8) switch { 0 => 0, 1 => 31, 2 => 32, 3 => 300, _ => random.Next(12) };
        var text = new StringBuilder();
        while (text.Length < length)
        {
            text.Append(random.Next(10) switch
            {
                0 => "é",
                1 => "€",
                2 => "😀",
                _ => ((char)random.Next(32, 127)).ToString(),
            });
        }

        return text.ToString();
    }

    private byte[] Random(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private byte[] RandomBytes() => Random(random.Next(6) == 0 ? 300 : random.Next(5));

    private ArraySegment<byte> Segment()
    {
        var bytes = Random(random.Next(2, 300));
        return new ArraySegment<byte>(bytes, 1, random.Next(bytes.Length - 1));
    }

    private DateTime Moment() => random.Next(4) switch
    {
        0 => DateTime.UnixEpoch.AddSeconds(random.Next()),
        1 => DateTime.UnixEpoch.AddTicks(random.NextInt64(10_000_000_000_000)),
        2 => DateTime.SpecifyKind(random.Next(2) == 0 ? DateTime.MinValue : DateTime.MaxValue, DateTimeKind.Utc),
        _ => new DateTime(random.NextInt64(DateTime.MaxValue.Ticks), DateTimeKind.Utc),
    };

    private DateTimeOffset Offset()
        => new(
            new DateTime(random.NextInt64(TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay)),
            TimeSpan.FromMinutes(random.Next(-840, 841)));
}
