using CsCheck;
using Streams.Protocol.Primitives;

namespace Streams.Protocol.Tests.Primitives;

public sealed class VarintTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(-1, "01")]
    [InlineData(1, "02")]
    [InlineData(63, "7E")]
    [InlineData(-64, "7F")]
    [InlineData(64, "8001")]
    [InlineData(int.MaxValue, "FEFFFFFF0F")]
    [InlineData(int.MinValue, "FFFFFFFF0F")]
    public void Write_OfANumber_GivesKafkasBytes(int value, string hex)
    {
        var bytes = new byte[Varint.SizeOf(value)];

        Assert.Equal(bytes.Length, Varint.Write(bytes, value));
        Assert.Equal(hex, Convert.ToHexString(bytes));
    }

    [Fact]
    public void Int32_WrittenAndRead_IsTheSame()
        => Gen.OneOf(Gen.Int, Gen.Int[-300, 300]).Sample(
            value =>
            {
                var bytes = new byte[Varint.SizeMax];
                var size = Varint.Write(bytes, value);
                Assert.Equal(Varint.SizeOf(value), size);
                Assert.Equal(size, Varint.Read(bytes, out int read));
                Assert.Equal(value, read);
                Assert.Equal(0, Varint.Read(bytes.AsSpan(0, size - 1), out int _));
            },
            iter: 20_000);

    [Fact]
    public void Int64_WrittenAndRead_IsTheSame()
        => Gen.Select(Gen.Long, Gen.Int[0, 63], (value, shift) => value >> shift).Sample(
            value =>
            {
                var bytes = new byte[Varint.LongSizeMax];
                var size = Varint.Write(bytes, value);
                Assert.Equal(Varint.SizeOf(value), size);
                Assert.Equal(size, Varint.Read(bytes, out long read));
                Assert.Equal(value, read);
                Assert.Equal(0, Varint.Read(bytes.AsSpan(0, size - 1), out long _));
            },
            iter: 20_000);

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("FFFFFFFF10")]
    [InlineData("FFFFFFFF8F")]
    [InlineData("8080808080808080808080")]
    public void Read_OfANumberThatDoesNotFit_IsNothing(string hex)
        => Assert.Equal(0, Varint.ReadUnsigned(Convert.FromHexString(hex), out uint _));

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFFFF02")]
    [InlineData("FFFFFFFFFFFFFFFFFF81")]
    [InlineData("8080808080808080808000")]
    public void Read_OfALongNumberThatDoesNotFit_IsNothing(string hex)
        => Assert.Equal(0, Varint.ReadUnsigned(Convert.FromHexString(hex), out ulong _));
}
