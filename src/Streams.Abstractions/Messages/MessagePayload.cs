using System.Buffers;

namespace Streams;

/// <summary>Payloads by hand, for tests and tools: the generated code and nothing else. Thread-safe.</summary>
public static class MessagePayload
{
    /// <summary>Writes a message into a new array.</summary>
    /// <param name="message">The message.</param>
    /// <typeparam name="T">The message type.</typeparam>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    public static byte[] Serialize<T>(T message)
        where T : IMessage<T>
    {
        ArgumentNullException.ThrowIfNull(message);
        var output = new ArrayBufferWriter<byte>();
        T.WritePayload(message, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads a message; all bytes must belong to it.</summary>
    /// <param name="payload">The bytes; nothing of them is kept.</param>
    /// <typeparam name="T">The message type.</typeparam>
    /// <exception cref="MalformedPayloadException">The bytes are not such a message.</exception>
    public static T Deserialize<T>(ReadOnlyMemory<byte> payload)
        where T : IMessage<T>
        => T.ReadPayload(payload);
}
