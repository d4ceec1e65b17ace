using System.Buffers;

namespace Streams.Generators.Tests.Payloads;

/// <summary>The key bytes of a message, or null.</summary>
internal static class Keys
{
    public static string? Of<T>(T message)
        where T : IMessage<T>
    {
        var output = new ArrayBufferWriter<byte>();
        var has = T.WriteKey(message, output);
        Assert.True(has || output.WrittenCount == 0, "A message without a key writes nothing.");
        return has ? Convert.ToHexStringLower(output.WrittenSpan) : null;
    }

    public static MessageDescriptor DescriptorOf<T>()
        where T : IMessage<T> => T.Descriptor;

    public static int Partition<T>(T message, int partitionCount)
        where T : IMessage<T> => T.Partition(message, default, partitionCount);
}
