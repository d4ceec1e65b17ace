using Streams.Protocol.Primitives;
using Streams.Protocol.Records;
using Streams.Transport;

namespace Streams.Broker.Partitions;

/// <summary>What a batch from elsewhere must be before it enters a log, by Kafka's rules (<c>LogValidator</c>).</summary>
internal static class PartitionValidation
{
    /// <summary>Checks header, checksum and every record.</summary>
    /// <exception cref="StreamsException">MessageTooLarge, Corrupt or InvalidRecord, with what was found and what was expected.</exception>
    public static void Check(TopicPartition partition, ReadOnlySpan<byte> batch, int bytesMax, bool requiresKey)
    {
        if (batch.Length > bytesMax)
        {
            throw new StreamsException(
                $"A batch of {batch.Length} bytes is too large for partition '{partition}', which takes {bytesMax}. "
                + "Send less at once, or raise 'max.message.bytes' of the topic.")
            {
                Code = StreamsErrorCode.MessageTooLarge,
            };
        }

        if (RecordBatch.FindFault(batch, bytesMax) is { } fault)
        {
            throw Refused(partition, fault, StreamsErrorCode.Corrupt);
        }

        var header = RecordBatchHeader.Read(batch);
        if (header.IsControl || header.IsTransactional)
        {
            throw Refused(partition, "Transactional and control batches are not taken from producers yet.", StreamsErrorCode.InvalidRecord);
        }

        if (header.RecordCount == 0 || header.RecordCount != header.LastOffsetDelta + 1)
        {
            throw Refused(
                partition, $"The batch has {header.RecordCount} records and the last offset delta {header.LastOffsetDelta}.",
                    StreamsErrorCode.InvalidRecord);
        }

        CheckRecords(partition, batch, header, requiresKey);
    }

    private static void CheckRecords(TopicPartition partition, ReadOnlySpan<byte> batch, in RecordBatchHeader header, bool requiresKey)
    {
        var records = new List<RecordRange>(header.RecordCount);
        try
        {
            if (header.Codec == CompressionCodec.None)
            {
                RecordBatchReader.ReadRecords(batch, 0, long.MinValue, records);
            }
            else
            {
                using var plain = new PooledBuffer(batch.Length, PartitionLimits.DecompressedBytesMax);
                RecordBatchCompression.Decompress(batch, plain);
                RecordBatchReader.ReadRecords(plain.WrittenSpan, 0, long.MinValue, records);
            }
        }
        catch (StreamsException error)
        {
            throw Refused(partition, error.Message, error.Code, error);
        }

        // Offset deltas grow and the last one is the count less one, so they follow each other without a gap.
        var keyless = requiresKey ? records.FindIndex(record => record.KeyLength < 0) : -1;
        if (keyless >= 0)
        {
            throw Refused(partition, $"Record {keyless} has no key, and the topic is compacted.", StreamsErrorCode.InvalidRecord);
        }
    }

    private static StreamsException Refused(TopicPartition partition, string fault, StreamsErrorCode code, Exception? cause = null)
        => new($"Partition '{partition}' refuses a batch. {fault}", cause) { Code = code };
}
