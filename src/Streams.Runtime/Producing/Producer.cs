using Streams.Protocol.Partitioning;
using Streams.Protocol.Records;
using Streams.Runtime.Connection;
using Streams.Transport;

namespace Streams.Runtime.Producing;

/// <summary>
/// Produces one message type: generated code writes key and payload into the thread's buffers, the partition is chosen, and the transport's
/// producer copies the bytes before the call returns. Thread-safe; nothing is allocated per record without options.
/// </summary>
internal sealed class Producer<T>(ProducerFactory factory, MessageTopic topic) : IProducer<T>
    where T : IMessage<T>
{
    private static readonly MessageDescriptor Message = T.Descriptor;
    private static readonly byte[] EncodedType = TypeHeader.Encode(T.Descriptor);

    private readonly UnkeyedSpreader _unkeyed = factory.CreateSpreader(T.Descriptor.Unkeyed);

    /// <inheritdoc />
    public ValueTask<RecordMetadata> ProduceAsync(T message, CancellationToken cancellationToken = default)
    {
        ThrowIfNull(message);
        return SendAsync(message, options: null, isTombstone: false, cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<RecordMetadata> ProduceAsync(T message, ProduceOptions options, CancellationToken cancellationToken = default)
    {
        ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(options);
        return SendAsync(message, options, isTombstone: false, cancellationToken);
    }

    /// <inheritdoc />
    public void Produce(T message, Action<ProduceReport>? report = null)
    {
        ThrowIfNull(message);
        Send(message, options: null, report);
    }

    /// <inheritdoc />
    public void Produce(T message, ProduceOptions options, Action<ProduceReport>? report = null)
    {
        ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(options);
        Send(message, options, report);
    }

    /// <inheritdoc />
    public ValueTask<RecordMetadata> ProduceTombstoneAsync(T message, CancellationToken cancellationToken = default)
    {
        ThrowIfNull(message);
        return SendAsync(message, options: null, isTombstone: true, cancellationToken);
    }

    /// <inheritdoc />
    public Task FlushAsync(CancellationToken cancellationToken = default) => factory.Transport.FlushAsync(cancellationToken);

    private ValueTask<RecordMetadata> SendAsync(T message, ProduceOptions? options, bool isTombstone, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<RecordMetadata>(cancellationToken);
        }

        var scratch = RecordScratch.Rent(factory.RecordBytesMax);
        try
        {
            return factory.Transport.ProduceAsync(Write(scratch, message, options, isTombstone), cancellationToken);
        }
        catch (Exception error)
        {
            // A caller that collects the tasks of many records finds the failure in the task of the record it belongs to.
            return ValueTask.FromException<RecordMetadata>(error);
        }
        finally
        {
            scratch.Return();
        }
    }

    private void Send(T message, ProduceOptions? options, Action<ProduceReport>? report)
    {
        var scratch = RecordScratch.Rent(factory.RecordBytesMax);
        try
        {
            factory.Transport.Produce(Write(scratch, message, options, isTombstone: false), report);
        }
        finally
        {
            scratch.Return();
        }
    }

    private OutgoingRecord Write(RecordScratch scratch, T message, ProduceOptions? options, bool isTombstone)
    {
        var hasKey = T.WriteKey(message, scratch.Key);
        if (!hasKey && (isTombstone || Message.Compacted))
        {
            throw ProducingErrors.KeyIsMissing(Message, topic.Name, isTombstone);
        }

        if (!isTombstone)
        {
            T.WritePayload(message, scratch.Value);
        }

        var key = hasKey ? scratch.Key.WrittenSpan : default;
        var headers = new ReadOnlySpan<byte>(EncodedType);
        var headerCount = 1;
        if (options is { Headers.Count: > 0 })
        {
            headerCount += WriteHeaders(scratch.Headers, options.Headers);
            headers = scratch.Headers.WrittenSpan;
        }

        return new()
        {
            Topic = topic.Name,
            Partition = ChoosePartition(message, options?.Partition, hasKey, key, scratch.Value.WrittenSpan.Length),
            Timestamp = options?.Timestamp?.ToUnixTimeMilliseconds() ?? -1,
            HasKey = hasKey,
            Key = key,
            HasValue = !isTombstone,
            Value = scratch.Value.WrittenSpan,
            EncodedHeaders = headers,
            HeaderCount = headerCount,
        };
    }

    private int ChoosePartition(T message, int? asked, bool hasKey, ReadOnlySpan<byte> key, int valueBytes)
    {
        var count = topic.PartitionCount;
        if (count == 0)
        {
            count = factory.RecheckPartitionCount(topic);
        }

        if (asked is { } partition)
        {
            // Somebody else may have added partitions since the counts were read.
            return (uint)partition < (uint)count || (uint)partition < (uint)factory.RecheckPartitionCount(topic)
                ? partition
                : throw ProducingErrors.NoSuchPartition(topic, partition);
        }

        if (Message.HasPartitioner)
        {
            partition = T.Partition(message, key, count);
            return (uint)partition < (uint)count
                ? partition
                : throw ProducingErrors.PartitionerIsOff(Message, topic.Name, partition, count);
        }

        return hasKey ? Murmur2.Partition(key, count) : _unkeyed.Next(key.Length + valueBytes, count);
    }

    private static int WriteHeaders(RecordBuffer output, RecordHeaders headers)
    {
        foreach (var header in headers)
        {
            if (header.Name.StartsWith(ProducingDefaults.ReservedHeaderPrefix, StringComparison.Ordinal))
            {
                throw ProducingErrors.HeaderIsReserved(header.Name);
            }
        }

        EncodedType.CopyTo(output.GetSpan(EncodedType.Length));
        output.Advance(EncodedType.Length);
        return RecordHeaderCodec.Write(headers, output);
    }

    // Not ArgumentNullException.ThrowIfNull, which would box a message that is a struct; unoptimised code boxes for "is null" as well.
    private static void ThrowIfNull(T message)
    {
        if (!typeof(T).IsValueType && message is null)
        {
            throw new ArgumentNullException(
                nameof(message),
                $"A null {typeof(T).Name} cannot be produced. To delete a key use ProduceTombstoneAsync.");
        }
    }
}
