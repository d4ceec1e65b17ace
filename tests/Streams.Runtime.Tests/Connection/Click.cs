using System.Buffers;
using System.Text;

namespace Streams.Runtime.Tests.Connection;

/// <summary>No key, round robin; its topic has a placeholder.</summary>
internal sealed record Click(string Text) : IMessage<Click>
{
    public static MessageDescriptor Descriptor { get; } = new() { Type = typeof(Click), Topic = "clicks-{Environment}", Name = "Click" };

    public static void WritePayload(Click message, IBufferWriter<byte> output)
        => output.Advance(Encoding.UTF8.GetBytes(message.Text, output.GetSpan(Encoding.UTF8.GetMaxByteCount(message.Text.Length))));

    public static Click ReadPayload(ReadOnlyMemory<byte> payload)
        => payload.Span.IndexOf((byte)0xFF) is >= 0 and var at
            ? throw new MalformedPayloadException("Expected UTF-8.", "Click.Text", at)
            : new(Encoding.UTF8.GetString(payload.Span));

    public static bool WriteKey(Click message, IBufferWriter<byte> output)
    {
        return false;
    }

    public static int Partition(Click message, ReadOnlySpan<byte> key, int partitionCount) => throw new NotSupportedException();
}
