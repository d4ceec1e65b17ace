using System.Diagnostics.CodeAnalysis;
using System.Text;
using Streams.Protocol.Records;
using Streams.Runtime.Connection;
using Streams.Transport;

namespace Streams.Runtime.Reading;

/// <summary>Makes a <see cref="Record{T}"/>, which owns its bytes, of a record in a block; passes over other types on the topic. Thread-safe.</summary>
internal sealed class RecordDecoder<T>(MessageTopic topic)
    where T : IMessage<T>
{
    private static readonly byte[] TypeHeader = Encoding.UTF8.GetBytes(StreamsHeaders.Type);

    private readonly byte[] _wireName = Encoding.UTF8.GetBytes(T.Descriptor.Name);
    private readonly bool _readsUnnamed = topic.ReadsUnnamedAs(T.Descriptor);

    /// <summary>Reads a record unless it is of another type.</summary>
    /// <exception cref="MalformedPayloadException">The payload is not such a message.</exception>
    public bool TryRead(TopicPartition partition, RecordBlock block, int index, [NotNullWhen(true)] out Record<T>? record)
    {
        var range = block.Records[index];
        var headers = block.Buffer.Slice(range.HeadersStart, range.HeadersLength);
        if (!IsOurs(headers.Span, range.HeaderCount))
        {
            record = null;
            return false;
        }

        var isTombstone = range.ValueLength < 0;
        record = new(
            isTombstone ? default! : ReadPayload(partition, range.Offset, block.Buffer.Slice(range.ValueStart, range.ValueLength)),
            new(partition.Topic, partition.Partition, range.Offset, DateTimeOffset.FromUnixTimeMilliseconds(range.Timestamp)),
            range.KeyLength < 0 ? ReadOnlyMemory<byte>.Empty : block.Buffer.Slice(range.KeyStart, range.KeyLength).ToArray(),
            range.HeaderCount == 0 ? [] : RecordHeaderCodec.Read(headers.ToArray(), range.HeaderCount),
            isTombstone);
        return true;
    }

    private bool IsOurs(ReadOnlySpan<byte> headers, int count)
        => RecordHeaderCodec.TryFindLast(headers, count, TypeHeader, out var name) ? headers[name].SequenceEqual(_wireName) : _readsUnnamed;

    private static T ReadPayload(TopicPartition partition, long offset, ReadOnlyMemory<byte> payload)
    {
        try
        {
            return T.ReadPayload(payload);
        }
        catch (MalformedPayloadException error)
        {
            throw new MalformedPayloadException(
                $"the record at offset {offset} of '{partition}' is no {typeof(T).Name}.",
                error.MemberPath,
                error.Position,
                error);
        }
    }
}
