using Streams.Protocol.Primitives;
using Streams.Protocol.Records;

namespace Streams.Protocol.Tests.Records;

public sealed class RecordHeaderCodecTests
{
    [Fact]
    public void Write_OfHeaders_GivesKafkasBytes()
    {
        using var buffer = new PooledBuffer(16, 100);
        var count = RecordHeaderCodec.Write(new RecordHeaders { { "h", "v" }, { "ö", (string?)null }, { "", "" } }, buffer);

        Assert.Equal(3, count);
        Assert.Equal([2, (byte)'h', 2, (byte)'v', 4, 0xC3, 0xB6, 1, 0, 0], buffer.WrittenSpan.ToArray());
    }

    [Fact]
    public void Write_OfOneHeaderInBytes_GivesTheSame()
    {
        var bytes = new byte[RecordHeaderCodec.SizeOf(4, 3)];
        var size = RecordHeaderCodec.Write(bytes, "type"u8, "abc"u8);

        Assert.Equal("abc", RecordHeaderCodec.Read(bytes.AsMemory(0, size), 1).GetString("type"));
    }

    [Fact]
    public void Read_OfAHeaderWithoutValue_IsNotAnEmptyOne()
    {
        var headers = RecordHeaderCodec.Read(new byte[] { 2, (byte)'a', 1, 2, (byte)'b', 0 }, 2);

        Assert.Null(headers[0].Value);
        Assert.Equal(0, headers[1].Value!.Value.Length);
    }

    [Theory]
    [InlineData("04", 1)]
    [InlineData("0061", 1)]
    [InlineData("0102", 1)]
    [InlineData("026103", 1)]
    [InlineData("026104", 1)]
    [InlineData("0261FFFFFFFF0F", 1)]
    [InlineData("02610000", 1)]
    [InlineData("026100", 2)]
    [InlineData("FFFFFFFFFFFF", 1)]
    public void Read_OfBytesThatAreNoHeaders_IsCorrupt(string hex, int count)
    {
        var bytes = Convert.FromHexString(hex);

        Assert.Equal(StreamsErrorCode.Corrupt, Assert.Throws<StreamsException>(() => RecordHeaderCodec.Read(bytes, count)).Code);
        Assert.Equal(
            StreamsErrorCode.Corrupt,
            Assert.Throws<StreamsException>(() => RecordHeaderCodec.TryFindLast(bytes, count, "a"u8, out _)).Code);
    }
}
