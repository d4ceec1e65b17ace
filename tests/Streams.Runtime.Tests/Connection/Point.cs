using System.Buffers;
using System.Text;

namespace Streams.Runtime.Tests.Connection;

/// <summary>A struct.</summary>
internal readonly record struct Point(string Text) : IMessage<Point>
{
    public static MessageDescriptor Descriptor { get; } = new() { Type = typeof(Point), Topic = "points", Name = "Point" };

    public static void WritePayload(Point message, IBufferWriter<byte> output)
        => output.Advance(Encoding.UTF8.GetBytes(message.Text, output.GetSpan(Encoding.UTF8.GetMaxByteCount(message.Text.Length))));

    public static Point ReadPayload(ReadOnlyMemory<byte> payload)
        => payload.Span.IndexOf((byte)0xFF) is >= 0 and var at
            ? throw new MalformedPayloadException("Expected UTF-8.", "Point.Text", at)
            : new(Encoding.UTF8.GetString(payload.Span));

    public static bool WriteKey(Point message, IBufferWriter<byte> output)
    {
        return false;
    }

    public static int Partition(Point message, ReadOnlySpan<byte> key, int partitionCount) => throw new NotSupportedException();
}
