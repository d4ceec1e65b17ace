using System.Buffers;
using System.Text;

namespace Streams.Runtime.Tests.Connection;

/// <summary>The other message on the topic of Order.</summary>
internal sealed record Refund(string? Key, string Text) : IMessage<Refund>
{
    public static MessageDescriptor Descriptor { get; } = new() { Type = typeof(Refund), Topic = "orders", Name = "Refund", HasKey = true };

    public static void WritePayload(Refund message, IBufferWriter<byte> output)
        => output.Advance(Encoding.UTF8.GetBytes(message.Text, output.GetSpan(Encoding.UTF8.GetMaxByteCount(message.Text.Length))));

    public static Refund ReadPayload(ReadOnlyMemory<byte> payload)
        => payload.Span.IndexOf((byte)0xFF) is >= 0 and var at
            ? throw new MalformedPayloadException("Expected UTF-8.", "Refund.Text", at)
            : new(null, Encoding.UTF8.GetString(payload.Span));

    public static bool WriteKey(Refund message, IBufferWriter<byte> output)
    {
        if (message.Key is null)
        {
            return false;
        }

        output.Advance(Encoding.UTF8.GetBytes(message.Key, output.GetSpan(Encoding.UTF8.GetMaxByteCount(message.Key.Length))));
        return true;
    }

    public static int Partition(Refund message, ReadOnlySpan<byte> key, int partitionCount) => throw new NotSupportedException();
}
