using Streams.Protocol.Primitives;

namespace Streams.Protocol.Compression;

/// <summary>What all codecs say alike.</summary>
internal static class CompressedBlock
{
    public static StreamsException TooLarge(string codec, PooledBuffer output)
        => new($"A {codec} block holds more than the {output.SizeMax} bytes it may. Send smaller batches, or raise the limit.")
        {
            Code = StreamsErrorCode.MessageTooLarge,
        };
}
