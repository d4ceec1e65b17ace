using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Streams.Broker.Transport.Producing;
using Streams.Transport;

namespace Streams.Broker.Tests.Transport.Producing;

/// <summary>A producer over test logs, with short ways to produce text.</summary>
internal static class TestProducer
{
    public static EmbeddedProducer Create(TestLogs logs, ProducerSettings? settings = null, ILogger<EmbeddedProducer>? logger = null)
        => new(settings ?? new(), logs.Partitions, logs.Time, logger ?? NullLogger<EmbeddedProducer>.Instance);

    public static OutgoingRecord Record(string topic, int partition, byte[] value, byte[]? key = null) => new()
    {
        Topic = topic,
        Partition = partition,
        Timestamp = -1,
        HasKey = key is not null,
        Key = key,
        HasValue = true,
        Value = value,
    };

    public static ValueTask<RecordMetadata> ProduceAsync(
        this EmbeddedProducer producer, string value, string topic = "orders", int partition = 0,
            CancellationToken cancellationToken = default)
        => producer.ProduceAsync(Record(topic, partition, Encoding.UTF8.GetBytes(value)), cancellationToken);

    public static void Produce(
        this EmbeddedProducer producer, string value, Action<ProduceReport>? report = null, string topic = "orders", int partition = 0)
        => producer.Produce(Record(topic, partition, Encoding.UTF8.GetBytes(value)), report);

    /// <summary>Returns all values of a partition in offset order.</summary>
    public static List<string> ReadAll(this TestLogs logs, string topic = "orders", int partition = 0)
    {
        var values = new List<string>();
        var source = logs.Partitions.Get(new(topic, partition));
        var offset = 0L;
        while (source.TryRead(offset, 1024 * 1024, out var block))
        {
            foreach (var record in block.Records)
            {
                Assert.Equal(offset, record.Offset);
                offset++;
                values.Add(Encoding.UTF8.GetString(block.Buffer.Span.Slice(record.ValueStart, record.ValueLength)));
            }

            Assert.Equal(offset, block.NextOffset);
            block.Release();
        }

        return values;
    }
}
