using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Streams.Broker.Groups.Requests;
using Streams.Broker.Transport;
using Streams.Storage.Files;
using Streams.Transport;

namespace Streams.Broker.Tests;

/// <summary>A whole broker behind its transport, over a file system that outlives it.</summary>
internal static class TestBroker
{
    public static async Task<EmbeddedTransport> StartAsync(
        IFileSystem files, TimeProvider? time = null, Durability durability = Durability.Fsync, ILoggerFactory? loggers = null)
    {
        var transport = new EmbeddedTransport(
            new() { DataPath = "data", Files = files, DefaultDurability = durability, OffsetsPartitions = 4 },
            time ?? new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50)),
            loggers ?? NullLoggerFactory.Instance);
        await transport.StartAsync(CancellationToken.None);
        return transport;
    }

    public static async Task ProduceAsync(this EmbeddedTransport transport, TopicPartition partition, params string[] values)
    {
        await using var producer = transport.CreateProducer(new());
        foreach (var value in values)
        {
            await producer.ProduceAsync(
                new()
                {
                    Topic = partition.Topic,
                    Partition = partition.Partition,
                    Timestamp = -1,
                    HasKey = true,
                    Key = "key"u8,
                    HasValue = true,
                    Value = Encoding.UTF8.GetBytes(value),
                },
                CancellationToken.None);
        }
    }

    public static async Task<List<string>> ReadAllAsync(this EmbeddedTransport transport, TopicPartition partition)
    {
        var range = (await transport.OffsetRangesAsync([partition], CancellationToken.None))[partition];
        var values = new List<string>();
        for (var offset = range.Start; offset < range.End;)
        {
            var block = await transport.ReadAsync(partition, offset, 64, CancellationToken.None);
            foreach (var record in block.Records)
            {
                values.Add(Encoding.UTF8.GetString(block.Buffer.Span.Slice(record.ValueStart, record.ValueLength)));
            }

            offset = block.NextOffset;
            block.Release();
        }

        return values;
    }

    public static async Task CommitAsync(this EmbeddedTransport transport, string group, TopicPartition partition, long offset)
    {
        var answer = await transport.Broker.Groups.CommitOffsetsAsync(
            new() { GroupId = group, Offsets = [new PartitionOffset(partition, offset)] }, CancellationToken.None);
        Assert.All(answer.Errors, error => Assert.Equal(GroupError.None, error));
    }

    public static async Task<long?> CommittedAsync(this EmbeddedTransport transport, string group, TopicPartition partition)
        => (await transport.CommittedOffsetsAsync(group, [partition], CancellationToken.None)).TryGetValue(partition, out var offset)
            ? offset
            : null;
}
