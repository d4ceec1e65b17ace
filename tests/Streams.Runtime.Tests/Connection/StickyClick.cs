using System.Buffers;
using System.Text;

namespace Streams.Runtime.Tests.Connection;

/// <summary>No key, sticky.</summary>
internal sealed record StickyClick(string Text) : IMessage<StickyClick>
{
    public static MessageDescriptor Descriptor { get; } = new()
    {
        Type = typeof(StickyClick),
        Topic = "sticky",
        Name = "StickyClick",
        Unkeyed = Unkeyed.Sticky,
    };

    public static void WritePayload(StickyClick message, IBufferWriter<byte> output)
        => output.Advance(Encoding.UTF8.GetBytes(message.Text, output.GetSpan(Encoding.UTF8.GetMaxByteCount(message.Text.Length))));

    public static StickyClick ReadPayload(ReadOnlyMemory<byte> payload)
        => payload.Span.IndexOf((byte)0xFF) is >= 0 and var at
            ? throw new MalformedPayloadException("Expected UTF-8.", "StickyClick.Text", at)
            : new(Encoding.UTF8.GetString(payload.Span));

    public static bool WriteKey(StickyClick message, IBufferWriter<byte> output)
    {
        return false;
    }

    public static int Partition(StickyClick message, ReadOnlySpan<byte> key, int partitionCount) => throw new NotSupportedException();
}
