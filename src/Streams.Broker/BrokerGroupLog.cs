using Streams.Broker.Groups;
using Streams.Broker.Partitions;
using Streams.Broker.Topics;
using Streams.Protocol.Records;
using Streams.Transport;

namespace Streams.Broker;

/// <summary>The partitions of <c>__consumer_offsets</c> for the coordinator. A partition's log is made with its first record.</summary>
internal sealed class BrokerGroupLog(Topic topic, PartitionTable partitions, TimeProvider time) : IGroupLog
{
    private const int ReplayBytes = 1024 * 1024;
    private const int BatchCapacity = 512;

    /// <inheritdoc />
    public int PartitionCount => topic.PartitionCount;

    /// <inheritdoc />
    public ValueTask AppendAsync(int partition, IReadOnlyList<StoredRecord> records)
    {
        try
        {
            var target = partitions.GetOrOpen(topic, partition);
            using var batch = new RecordBatchBuilder(BatchCapacity, target.BatchBytesMax);
            var timestamp = time.GetUtcNow().ToUnixTimeMilliseconds();
            foreach (var record in records)
            {
                batch.Append(timestamp, hasKey: true, record.Key, record.Value is not null, record.Value, 0, default);
            }

            var appended = target.Append(batch.Seal(CompressionCodec.None).Span);
            return target.WaitUntilDurableAsync(appended.EndOffset, CancellationToken.None);
        }
        catch (StreamsException error)
        {
            return ValueTask.FromException(error);
        }
    }

    /// <inheritdoc />
    public void Replay(int partition, Action<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>?, long> record)
    {
        if (!partitions.TryGet(new(topic.Name, partition), out var source))
        {
            return;
        }

        var offset = source.Offsets.Start;
        while (source.TryRead(offset, ReplayBytes, out var block))
        {
            Replay(block, record);
            offset = block.NextOffset;
            block.Release();
        }
    }

    private static void Replay(RecordBlock block, Action<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>?, long> record)
    {
        foreach (ref readonly var range in block.Records)
        {
            // A record without a key says nothing, and Kafka's coordinator passes over it too.
            if (range.KeyLength >= 0)
            {
                record(
                    block.Buffer.Slice(range.KeyStart, range.KeyLength),
                    range.ValueLength < 0 ? default(ReadOnlyMemory<byte>?) : block.Buffer.Slice(range.ValueStart, range.ValueLength),
                    range.Timestamp);
            }
        }
    }
}
