using System.Buffers;
using System.Text;

namespace Streams.Runtime.Tests.Connection;

/// <summary>Keyed; shares its topic with Refund and is the default there.</summary>
internal sealed record Order(string? Key, string Text) : IMessage<Order>
{
    public static MessageDescriptor Descriptor { get; } = new()
    {
        Type = typeof(Order),
        Topic = "orders",
        Name = "Order",
        HasKey = true,
        IsDefault = true,
    };

    public static void WritePayload(Order message, IBufferWriter<byte> output)
        => output.Advance(Encoding.UTF8.GetBytes(message.Text, output.GetSpan(Encoding.UTF8.GetMaxByteCount(message.Text.Length))));

    public static Order ReadPayload(ReadOnlyMemory<byte> payload)
        => payload.Span.IndexOf((byte)0xFF) is >= 0 and var at
            ? throw new MalformedPayloadException("Expected UTF-8.", "Order.Text", at)
            : new(null, Encoding.UTF8.GetString(payload.Span));

    public static bool WriteKey(Order message, IBufferWriter<byte> output)
    {
        if (message.Key is null)
        {
            return false;
        }

        output.Advance(Encoding.UTF8.GetBytes(message.Key, output.GetSpan(Encoding.UTF8.GetMaxByteCount(message.Key.Length))));
        return true;
    }

    public static int Partition(Order message, ReadOnlySpan<byte> key, int partitionCount) => throw new NotSupportedException();
}
