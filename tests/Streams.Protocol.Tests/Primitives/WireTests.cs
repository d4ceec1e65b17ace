using Streams.Protocol.Primitives;

namespace Streams.Protocol.Tests.Primitives;

/// <summary>The fields of messages, in both encodings.</summary>
public sealed class WireTests
{
    private const string Classic = "000368C3B6" + "FFFF" + "00000001AA" + "FFFFFFFF" + "0000000200000005FFFFFFFF";
    private const string Flexible = "0468C3B6" + "00" + "02AA" + "00" + "0300000005FFFFFFFF" + "0107020102";

    [Theory]
    [InlineData(false, Classic)]
    [InlineData(true, Flexible)]
    public void Fields_OfVariableSize_AreKafkas(bool isFlexible, string hex)
    {
        using var buffer = new PooledBuffer(4, 1000);
        var writer = new WireWriter(buffer) { IsFlexible = isFlexible };
        writer.WriteString("hö");
        writer.WriteString(null);
        writer.WriteBytes([0xAA]);
        writer.WriteNullableBytes(null);
        writer.WriteInt32Array([5, -1]);
        writer.WriteTags([new TaggedField(7, new byte[] { 1, 2 })]);
        writer.Flush();
        Assert.Equal(hex, Convert.ToHexString(buffer.WrittenSpan));

        var reader = new WireReader(buffer.WrittenMemory, "A test") { IsFlexible = isFlexible };
        Assert.Equal("hö", reader.ReadString());
        Assert.Null(reader.ReadNullableString());
        Assert.Equal([0xAA], reader.ReadBytes().ToArray());
        Assert.Null(reader.ReadNullableBytes());
        Assert.Equal([5, -1], reader.ReadInt32Array());
        Assert.Equal(isFlexible ? 1 : 0, reader.ReadUnknownTags().Count);
        Assert.Equal(0, reader.Remaining);
    }

    [Fact]
    public void Fields_OfFixedSize_AreBigEndian()
    {
        using var buffer = new PooledBuffer(4, 1000);
        var uuid = new Guid("00112233-4455-6677-8899-aabbccddeeff");
        var writer = new WireWriter(buffer);
        writer.WriteBoolean(true);
        writer.WriteInt8(-2);
        writer.WriteInt16(-3);
        writer.WriteUInt16(0xFFFE);
        writer.WriteInt32(0x01020304);
        writer.WriteUInt32(0xFFFFFFFD);
        writer.WriteInt64(0x0102030405060708);
        writer.WriteDouble(1.0);
        writer.WriteUuid(uuid);
        writer.WriteUnsignedVarint(300);
        writer.WriteVarint(-300);
        writer.WriteVarlong(long.MinValue);
        writer.WriteRaw([9]);
        writer.Flush();
        Assert.Equal(
            "01" + "FE" + "FFFD" + "FFFE" + "01020304" + "FFFFFFFD" + "0102030405060708" + "3FF0000000000000"
            + "00112233445566778899AABBCCDDEEFF" + "AC02" + "D704" + "FFFFFFFFFFFFFFFFFF01" + "09",
            Convert.ToHexString(buffer.WrittenSpan));

        var reader = new WireReader(buffer.WrittenMemory, "A test");
        Assert.True(reader.ReadBoolean());
        Assert.Equal(-2, reader.ReadInt8());
        Assert.Equal(-3, reader.ReadInt16());
        Assert.Equal(0xFFFE, reader.ReadUInt16());
        Assert.Equal(0x01020304, reader.ReadInt32());
        Assert.Equal(0xFFFFFFFD, reader.ReadUInt32());
        Assert.Equal(0x0102030405060708, reader.ReadInt64());
        Assert.Equal(1.0, reader.ReadDouble());
        Assert.Equal(uuid, reader.ReadUuid());
        Assert.Equal(300u, reader.ReadUnsignedVarint());
        Assert.Equal(-300, reader.ReadVarint());
        Assert.Equal(long.MinValue, reader.ReadVarlong());
        Assert.Equal(1, reader.Remaining);
    }

    [Theory]
    [InlineData("7FFFFFFF", false, "found an array of 2147483647, expected at most 0 elements in the 0 bytes left")]
    [InlineData("FFFFFFFF", false, "found null, expected an array")]
    [InlineData("00", true, "found null, expected an array")]
    [InlineData("FFFFFFFF0F", true, "found length 4294967295, expected at most 0")]
    [InlineData("05", true, "found an array of 4, expected at most 0 elements in the 0 bytes left")]
    [InlineData("", true, "found no number, expected a varint")]
    [InlineData("0000", false, "found a field of 4 bytes, expected at most 2")]
    public void ReadInt32Array_OfALengthThatCannotBe_IsCorrupt(string hex, bool isFlexible, string fault)
    {
        var error = Assert.Throws<StreamsException>(() =>
            new WireReader(Convert.FromHexString(hex), "A test") { IsFlexible = isFlexible }.ReadInt32Array());

        Assert.Equal(StreamsErrorCode.Corrupt, error.Code);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteString_LongerThanItsLengthCanSay_IsRefused()
    {
        using var buffer = new PooledBuffer(4, 100_000);

        var error = Assert.Throws<StreamsException>(() => new WireWriter(buffer).WriteString(new string('x', 32_768)));

        Assert.Equal(StreamsErrorCode.InvalidRecord, error.Code);
    }

    [Fact]
    public void PooledBuffer_BeyondItsLimit_TakesNothing()
    {
        using var buffer = new PooledBuffer(4, 10);
        buffer.Write(new byte[8]);

        Assert.Equal(StreamsErrorCode.MessageTooLarge, Assert.Throws<StreamsException>(() => buffer.Write(new byte[3])).Code);

        buffer.Write(new byte[2]);
        Assert.Equal(10, buffer.WrittenCount);
    }
}
