using CsCheck;
using Streams.Protocol.Primitives;

namespace Streams.Protocol.Tests.Primitives;

public sealed class Crc32CTests
{
    [Fact]
    public void Compute_OfTheCheckText_IsTheStandardsValue() => Assert.Equal(0xE3069283, Crc32C.Compute("123456789"u8));

    [Fact]
    public void Compute_OfEveryLength_EqualsTheSerialOne()
    {
        var bytes = new byte[10_000];
        new Random(7).NextBytes(bytes);
        for (var length = 0; length <= bytes.Length; length += length < 3200 ? 1 : 101)
        {
            Assert.Equal(Crc32C.ComputeSerial(bytes.AsSpan(0, length)), Crc32C.Compute(bytes.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Compute_OfRandomBytes_EqualsTheSerialOne()
        => Gen.Byte.Array[3_000, 20_000].Sample(bytes => Assert.Equal(Crc32C.ComputeSerial(bytes), Crc32C.Compute(bytes)), iter: 200);

    [Fact]
    public void Compute_OfAnyBytes_EqualsTheDefinition()
        => Gen.Byte.Array[0, 100].Sample(bytes => Assert.Equal(ByDefinition(bytes), Crc32C.Compute(bytes)), iter: 500);

    // Bit by bit, polynomial 0x1EDC6F41 reversed.
    private static uint ByDefinition(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78);
            }
        }

        return ~crc;
    }
}
