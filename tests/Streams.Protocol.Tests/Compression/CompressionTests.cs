using CsCheck;
using Streams.Protocol.Compression;
using Streams.Protocol.Primitives;

namespace Streams.Protocol.Tests.Compression;

/// <summary>Each codec alone: round trips, bounds and damage.</summary>
public sealed class CompressionTests
{
    private delegate void Transform(ReadOnlySpan<byte> bytes, PooledBuffer output);

    private static readonly Dictionary<string, (Transform Compress, Transform Decompress)> Codecs = new(StringComparer.Ordinal)
    {
        ["gzip"] = (GzipBlock.Compress, GzipBlock.Decompress),
        ["snappy"] = (SnappyBlock.Compress, SnappyBlock.Decompress),
        ["lz4"] = (Lz4Block.Compress, Lz4Block.Decompress),
        ["zstd"] = (ZstdBlock.Compress, ZstdBlock.Decompress),
    };

    public static TheoryData<string> Names() => [.. Codecs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Bytes_CompressedAndDecompressed_AreTheSame(string codec)
        => Gen.Select(Gen.Byte.Array[0, 3_000], Gen.Int[1, 80]).Sample(
            (part, times) =>
            {
                var bytes = Enumerable.Repeat(part, times).SelectMany(one => one).ToArray();
                Assert.Equal(bytes, Decompress(codec, Compress(codec, bytes), bytes.Length));
            },
            iter: 40);

    [Theory]
    [MemberData(nameof(Names))]
    public void Bytes_AroundTheBlockSizes_AreTheSame(string codec)
    {
        var random = new Random(3);
        foreach (var size in new[] { 0, 1, 2, 32 * 1024 - 1, 32 * 1024, 32 * 1024 + 1, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, 1_000_000 })
        {
            var noise = new byte[size];
            random.NextBytes(noise);
            Assert.Equal(noise, Decompress(codec, Compress(codec, noise), size));
            Assert.Equal(new byte[size], Decompress(codec, Compress(codec, new byte[size]), size));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decompress_WhenMoreComesOutThanMay_IsTooLarge(string codec)
    {
        var block = Compress(codec, new byte[300_000]);

        Assert.Equal(StreamsErrorCode.MessageTooLarge, Assert.Throws<StreamsException>(() => Decompress(codec, block, 299_999)).Code);
        Assert.Equal(300_000, Decompress(codec, block, 300_000).Length);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decompress_OfDamagedBytes_GivesBytesOrIsCorrupt(string codec)
    {
        var content = System.Text.Encoding.ASCII.GetBytes(string.Join(',', Enumerable.Range(0, 60).Select(number
            => $"value {number % 7}")));
        var block = Compress(codec, content);
        for (var size = 0; size < block.Length; size++)
        {
            Assert.True(IsRefused(codec, block[..size]) || codec == "snappy", $"cut to {size} of {block.Length} bytes");
        }

        for (var bit = 0; bit < block.Length * 8; bit++)
        {
            block[bit / 8] ^= (byte)(1 << (bit % 8));
            _ = IsRefused(codec, block);
            block[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decompress_OfNoise_GivesBytesOrIsCorrupt(string codec)
        => Gen.Byte.Array[0, 300].Sample(noise => { _ = IsRefused(codec, noise); }, iter: 1_000);

    [Fact]
    public void Snappy_WithoutJavasFraming_IsRead()
    {
        var content = new byte[100_000];
        Assert.Equal(content, Decompress("snappy", Snappier.Snappy.CompressToArray(content), content.Length));
    }

    [Fact]
    public void Snappy_IsWrittenInJavasFraming()
        => Assert.Equal("82534E4150505900" + "00000001" + "00000001" + "00000005" + "03" + "08616263",
            Convert.ToHexString(Compress("snappy", "abc"u8.ToArray())));

    [Fact]
    public void Snappy_ThatClaimsGigabytes_IsCorruptWithoutMemoryForIt()
    {
        byte[] block = [0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0x00, 0x61];
        _ = IsRefused("snappy", block);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.True(IsRefused("snappy", block));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * 1024);
    }

    [Fact]
    public void Lz4_IsWrittenInKafkasFrame()
        => Assert.Equal("04224D18" + "60" + "40" + "82" + "03000080" + "616263" + "00000000", Convert.ToHexString(Compress("lz4",
            "abc"u8.ToArray())));

    [Theory]
    [InlineData(K4os.Compression.LZ4.LZ4Level.L00_FAST, false)]
    [InlineData(K4os.Compression.LZ4.LZ4Level.L12_MAX, true)]
    public void Lz4_OfAnotherWriter_IsRead(K4os.Compression.LZ4.LZ4Level level, bool checksums)
    {
        var content = Enumerable.Range(0, 500_000).Select(index => (byte)(index * index / 1000)).ToArray();
        var block = K4os.Compression.LZ4.Streams.LZ4Frame.Encode(
            content,
            new System.Buffers.ArrayBufferWriter<byte>(),
            new K4os.Compression.LZ4.Streams.LZ4EncoderSettings
            {
                ChainBlocks = false,
                CompressionLevel = level,
                ContentChecksum = checksums,
                BlockChecksum = checksums,
                BlockSize = checksums ? 4 * 1024 * 1024 : 64 * 1024,
            }).WrittenSpan.ToArray();

        Assert.Equal(content, Decompress("lz4", block, content.Length));
    }

    [Fact]
    public void Lz4_ThatSaysItsContentsSize_IsRead()
    {
        byte[] descriptor = [0x68, 0x40, 3, 0, 0, 0, 0, 0, 0, 0];
        byte[] block = [4, 0x22, 0x4D, 0x18, .. descriptor, (byte)(K4os.Hash.xxHash.XXH32.DigestOf(descriptor) >> 8), 3, 0, 0, 0x80, 1,
            2, 3, 0, 0, 0, 0];

        Assert.Equal([1, 2, 3], Decompress("lz4", block, 3));
    }

    [Fact]
    public void Lz4_WithDependentBlocks_IsRefusedAsKafkaRefusesIt()
    {
        var block = Compress("lz4", "abc"u8.ToArray());
        block[4] &= 0xDF;

        Assert.Contains("independent blocks", Assert.Throws<StreamsException>(()
            => Decompress("lz4", block, 10)).Message, StringComparison.Ordinal);
    }

    private static byte[] Compress(string codec, byte[] bytes)
    {
        using var output = new PooledBuffer(16, 4 * 1024 * 1024);
        Codecs[codec].Compress(bytes, output);
        return output.WrittenSpan.ToArray();
    }

    private static byte[] Decompress(string codec, byte[] block, int sizeMax)
    {
        using var output = new PooledBuffer(16, sizeMax);
        Codecs[codec].Decompress(block, output);
        return output.WrittenSpan.ToArray();
    }

    private static bool IsRefused(string codec, byte[] block)
    {
        try
        {
            _ = Decompress(codec, block, 1024 * 1024);
            return false;
        }
        catch (StreamsException error)
        {
            Assert.True(error.Code is StreamsErrorCode.Corrupt or StreamsErrorCode.MessageTooLarge, $"{error.Code}: {error.Message}");
            return true;
        }
    }
}
