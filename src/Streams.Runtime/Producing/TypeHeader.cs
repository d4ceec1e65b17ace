using System.Buffers;
using Streams.Protocol.Records;

namespace Streams.Runtime.Producing;

/// <summary>The header <c>streams-type</c> of a message, encoded once.</summary>
internal static class TypeHeader
{
    /// <summary>Returns the header as it stands in a record.</summary>
    public static byte[] Encode(MessageDescriptor message)
    {
        var output = new ArrayBufferWriter<byte>();
        RecordHeaderCodec.Write(new RecordHeaders { { StreamsHeaders.Type, message.Name } }, output);
        return output.WrittenSpan.ToArray();
    }
}
