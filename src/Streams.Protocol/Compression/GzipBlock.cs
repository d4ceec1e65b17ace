using System.IO.Compression;
using Streams.Protocol.Primitives;

namespace Streams.Protocol.Compression;

/// <summary>The codec gzip: one gzip stream, by the framework. Thread-safe.</summary>
internal static class GzipBlock
{
    private const int ChunkSize = 16 * 1024;

    public static void Compress(ReadOnlySpan<byte> bytes, PooledBuffer output)
    {
        using var gzip = new GZipStream(new BufferStream(output), CompressionLevel.Optimal, leaveOpen: false);
        gzip.Write(bytes);
    }

    /// <summary>Decompresses a whole stream.</summary>
    /// <exception cref="StreamsException">The bytes are no gzip stream (Corrupt), or hold more than fits (MessageTooLarge).</exception>
    public static unsafe void Decompress(ReadOnlySpan<byte> block, PooledBuffer output)
    {
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
    }
}
