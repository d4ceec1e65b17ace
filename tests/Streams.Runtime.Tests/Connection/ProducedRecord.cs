using Streams.Protocol.Records;
using Streams.Transport;

namespace Streams.Runtime.Tests.Connection;

/// <summary>A copy of what a producer was handed.</summary>
internal sealed record ProducedRecord(string Topic, int Partition, long Timestamp, byte[]? Key, byte[]? Value, RecordHeaders Headers)
{
    public static ProducedRecord Copy(in OutgoingRecord record)
        => new(
            record.Topic,
            record.Partition,
            record.Timestamp,
            record.HasKey ? record.Key.ToArray() : null,
            record.HasValue ? record.Value.ToArray() : null,
            RecordHeaderCodec.Read(record.EncodedHeaders.ToArray(), record.HeaderCount));
}
