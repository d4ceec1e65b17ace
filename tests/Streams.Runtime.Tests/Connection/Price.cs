using System.Buffers;
using System.Text;

namespace Streams.Runtime.Tests.Connection;

/// <summary>Has a partitioner of its own, and a compacted topic.</summary>
internal sealed record Price(string? Key, string Text, int Wanted = 0) : IMessage<Price>
{
    public static MessageDescriptor Descriptor { get; } = new()
    {
        Type = typeof(Price),
        Topic = "prices",
        Name = "Price",
        HasKey = true,
        HasPartitioner = true,
        Compacted = true,
    };

    public static void WritePayload(Price message, IBufferWriter<byte> output)
        => output.Advance(Encoding.UTF8.GetBytes(message.Text, output.GetSpan(Encoding.UTF8.GetMaxByteCount(message.Text.Length))));

    public static Price ReadPayload(ReadOnlyMemory<byte> payload)
        => payload.Span.IndexOf((byte)0xFF) is >= 0 and var at
            ? throw new MalformedPayloadException("Expected UTF-8.", "Price.Text", at)
            : new(null, Encoding.UTF8.GetString(payload.Span));

    public static bool WriteKey(Price message, IBufferWriter<byte> output)
    {
        if (message.Key is null)
        {
            return false;
        }

        output.Advance(Encoding.UTF8.GetBytes(message.Key, output.GetSpan(Encoding.UTF8.GetMaxByteCount(message.Key.Length))));
        return true;
    }

    public static int Partition(Price message, ReadOnlySpan<byte> key, int partitionCount) => message.Wanted + key.Length;
}
