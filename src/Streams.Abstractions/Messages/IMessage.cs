using System.Buffers;
using System.ComponentModel;

namespace Streams;

/// <summary>What the source generator implements on every type with <see cref="MessageAttribute"/>. Not for implementing by hand.</summary>
/// <typeparam name="TSelf">The message itself.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IMessage<TSelf>
    where TSelf : IMessage<TSelf>
{
    /// <summary>Gets what the attribute says: topic, wire name, partitioning.</summary>
    static abstract MessageDescriptor Descriptor { get; }

    /// <summary>Writes the payload. Allocates nothing.</summary>
    /// <param name="message">The message, not null.</param>
    /// <param name="output">Where the bytes go.</param>
    static abstract void WritePayload(TSelf message, IBufferWriter<byte> output);

    /// <summary>Reads a payload; all of it must be consumed.</summary>
    /// <param name="payload">The bytes; nothing of them is kept.</param>
    /// <exception cref="MalformedPayloadException">The bytes are not such a message.</exception>
    static abstract TSelf ReadPayload(ReadOnlyMemory<byte> payload);

    /// <summary>Writes the key bytes; returns <see langword="false"/>, having written nothing, when the message has no key.</summary>
    /// <param name="message">The message, not null.</param>
    /// <param name="output">Where the bytes go.</param>
    static abstract bool WriteKey(TSelf message, IBufferWriter<byte> output);

    /// <summary>Asks the message's own <see cref="IPartitioner{T}"/>; called only where <see cref="MessageDescriptor.HasPartitioner"/> is set.</summary>
    /// <param name="message">The message, not null.</param>
    /// <param name="key">Its key bytes, empty where it has none.</param>
    /// <param name="partitionCount">How many partitions the topic has.</param>
    static abstract int Partition(TSelf message, ReadOnlySpan<byte> key, int partitionCount);
}
