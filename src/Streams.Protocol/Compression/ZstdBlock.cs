using Streams.Protocol.Primitives;
using ZstdSharp;

namespace Streams.Protocol.Compression;

/// <summary>
/// The codec zstd. Frames are decompressed straight into the output, so that the window a frame asks for (up to 128 MiB and more) is
/// never allocated: only what comes out is. Thread-safe.
/// </summary>
internal static class ZstdBlock
{
    // Kafka's default level (compression.zstd.level).
    private const int Level = 3;

    // First guess of what comes out of a frame that does not say it; wrong guesses double.
    private const int ExpansionGuess = 4;
    private const int GuessMin = 16 * 1024;

    public static void Compress(ReadOnlySpan<byte> bytes, PooledBuffer output)
    {
        using var compressor = new Compressor(Level);
        var span = output.GetSpan(Compressor.GetCompressBound(bytes.Length));
        output.Advance(compressor.Wrap(bytes, span));
    }

    /// <summary>Decompresses one frame or several.</summary>
    /// <exception cref="StreamsException">The bytes are no zstd frame (Corrupt), or hold more than fits (MessageTooLarge).</exception>
    public static void Decompress(ReadOnlySpan<byte> block, PooledBuffer output)
    {
        if (block.IsEmpty)
        {
            Corruption.Throw("A zstd block", 0, "0 bytes", "a zstd frame");
        }

        using var decompressor = new Decompressor();
        var room = output.SizeMax - output.WrittenCount;
        var guess = (int)Math.Min(room, Math.Max(GuessMin, (long)block.Length * ExpansionGuess));
        while (true)
        {
            try
            {
                if (decompressor.TryUnwrap(block, output.GetSpan(guess)[..guess], out var written))
                {
                    output.Advance(written);
                    return;
                }
            }
            catch (ZstdException error)
            {
                throw Corruption.Error("A zstd block", 0, error.Message, "a zstd frame", error);
            }

            if (guess == room)
            {
                throw CompressedBlock.TooLarge("zstd", output);
            }

            guess = (int)Math.Min(room, 2L * guess);
        }
    }
}
