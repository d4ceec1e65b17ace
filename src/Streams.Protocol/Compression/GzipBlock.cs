using System.Buffers.Binary;
using System.IO.Compression;
using Streams.Protocol.Primitives;

namespace Streams.Protocol.Compression;

/// <summary>
/// The codec gzip: one gzip member, by the framework. The framework takes a stream that ends too early for a whole one, so the
/// size that stands at
/// the end is compared with what came out. Thread-safe.
/// </summary>
internal static class GzipBlock
{
    private const int ChunkSize = 16 * 1024;

    // Ten bytes before the content, the CRC-32 and the size behind it.
    private const int SizeMin = 18;

    // The framework writes nothing at all for no bytes, which would be no gzip member.
    private static ReadOnlySpan<byte> Empty => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    public static void Compress(ReadOnlySpan<byte> bytes, PooledBuffer output)
    {
        if (bytes.IsEmpty)
        {
            output.Write(Empty);
            return;
        }

        using var gzip = new GZipStream(new BufferStream(output), CompressionLevel.Optimal, leaveOpen: false);
        gzip.Write(bytes);
    }

    /// <summary>Decompresses a whole stream.</summary>
    /// <exception cref="StreamsException">The bytes are no gzip stream (Corrupt), or hold more than fits (MessageTooLarge).</exception>
    public static unsafe void Decompress(ReadOnlySpan<byte> block, PooledBuffer output)
    {
        if (block.Length < SizeMin)
        {
            Corruption.Throw("A gzip block", 0, $"{block.Length} bytes", $"at least {SizeMin}");
        }

        var outputStart = output.WrittenCount;
        fixed (byte* start = block)
        {
            using var input = new UnmanagedMemoryStream(start, block.Length);
            using var gzip = new GZipStream(input, CompressionMode.Decompress);
            try
            {
                int read;
                while ((read = gzip.Read(output.GetSpan(ChunkSize))) > 0)
                {
                    output.Advance(read);
                }
            }
            catch (InvalidDataException error)
            {
                throw Corruption.Error("A gzip block", input.Position, error.Message, "a gzip stream", error);
            }
        }

        var size = (uint)(output.WrittenCount - outputStart);
        var expected = BinaryPrimitives.ReadUInt32LittleEndian(block[^sizeof(uint)..]);
        if (size != expected)
        {
            Corruption.Throw("A gzip block", block.Length - sizeof(uint), $"{size} bytes of content", $"{expected}, as its end says");
        }
    }
}
