using System.Text;
using Streams.Broker.Partitions;
using Streams.Protocol.Records;
using Streams.Transport;

namespace Streams.Broker.Tests.Partitions;

/// <summary>What goes into a partition, what comes out of it, and who is told.</summary>
public sealed class PartitionTests
{
    [Fact]
    public async Task TryRead_AcrossCompressedAndPlainBatches_ReturnsEveryRecordOnce()
    {
        await using var logs = TestLogs.Open();
        var partition = logs.Create("orders");
        foreach (var codec in Enum.GetValues<CompressionCodec>().Concat(Enum.GetValues<CompressionCodec>()))
        {
            partition.AppendUntrusted(Batch(codec, $"{codec}-1", $"{codec}-2"));
        }

        var values = new List<string>();
        for (var offset = 0L; partition.TryRead(offset, 4096, out var block); offset = block.NextOffset)
        {
            values.AddRange(Values(block, offset));
            block.Release();
        }

        Assert.Equal(
            Enum.GetValues<CompressionCodec>().Concat(Enum.GetValues<CompressionCodec>())
                .SelectMany(codec => new[] { $"{codec}-1", $"{codec}-2" }),
            values);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public async Task TryRead_FromTheMiddleOfABatch_BeginsWithThatRecord(int codec)
    {
        await using var logs = TestLogs.Open();
        var partition = logs.Create("orders");
        partition.AppendUntrusted(Batch((CompressionCodec)codec, "a", "b", "c"));

        Assert.True(partition.TryRead(1, 4096, out var block));

        Assert.Equal(["b", "c"], Values(block, 1));
        Assert.Equal(3, block.NextOffset);
        block.Release();
    }

    [Fact]
    public async Task AppendUntrusted_WhenTheChecksumIsWrong_RefusesAndWritesNothing()
    {
        await using var logs = TestLogs.Open();
        var partition = logs.Create("orders");
        var batch = Batch(CompressionCodec.None, "a");
        batch[^1] ^= 1;

        var error = Assert.Throws<StreamsException>(() => partition.AppendUntrusted(batch));

        Assert.Equal(StreamsErrorCode.Corrupt, error.Code);
        Assert.Equal(0, partition.Log.EndOffset);
    }

    [Fact]
    public async Task AppendUntrusted_WhenACompactedTopicGetsNoKey_NamesTheRecord()
    {
        await using var logs = TestLogs.Open();
        var partition = logs.Create("latest", ("cleanup.policy", "compact"));

        var error = Assert.Throws<StreamsException>(() => partition.AppendUntrusted(Batch(CompressionCodec.None, "a")));

        Assert.Equal(StreamsErrorCode.InvalidRecord, error.Code);
        Assert.Contains("Record 0 has no key", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AppendUntrusted_WhenTheBatchIsTooLarge_SaysWhichBoundItHit()
    {
        await using var logs = TestLogs.Open();
        var partition = logs.Create("orders", ("max.message.bytes", "1000"));

        var error = Assert.Throws<StreamsException>(
            () => partition.AppendUntrusted(Batch(CompressionCodec.None, new string('x', 2000))));

        Assert.Equal(StreamsErrorCode.MessageTooLarge, error.Code);
        Assert.Contains("1000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryRead_OutsideTheLog_NamesTheRange()
    {
        await using var logs = TestLogs.Open();
        var partition = logs.Create("orders");
        partition.AppendUntrusted(Batch(CompressionCodec.None, "a"));

        var error = Assert.Throws<StreamsException>(() => partition.TryRead(7, 4096, out _));

        Assert.Equal(StreamsErrorCode.OffsetOutOfRange, error.Code);
        Assert.Contains("0 to 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitForData_WhenARecordComes_TellsOnce()
    {
        await using var logs = TestLogs.Open();
        var partition = logs.Create("orders");
        var waiter = new CountingWaiter();

        partition.WaitForData(0, waiter);
        Assert.Equal(0, waiter.Count);
        partition.AppendUntrusted(Batch(CompressionCodec.None, "a"));
        partition.AppendUntrusted(Batch(CompressionCodec.None, "b"));

        Assert.Equal(1, waiter.Count);
    }

    [Fact]
    public async Task WaitForData_WhenTheTopicIsDeleted_TellsAndReadsSayWhy()
    {
        await using var logs = TestLogs.Open();
        var partition = logs.Create("orders");
        var waiter = new CountingWaiter();
        partition.WaitForData(0, waiter);

        logs.Topics.BeginDelete("orders");
        logs.Topics.EndDelete("orders");

        Assert.Equal(1, waiter.Count);
        var error = Assert.Throws<StreamsException>(() => partition.TryRead(0, 4096, out _));
        Assert.Equal(StreamsErrorCode.UnknownTopicOrPartition, error.Code);
    }

    private static byte[] Batch(CompressionCodec codec, params string[] values)
    {
        using var builder = new RecordBatchBuilder(256);
        foreach (var value in values)
        {
            builder.Append(1_700_000_000_000, hasKey: false, default, hasValue: true, Encoding.UTF8.GetBytes(value), 0, default);
        }

        return builder.Seal(codec).ToArray();
    }

    private static List<string> Values(RecordBlock block, long from)
    {
        var values = new List<string>();
        foreach (var record in block.Records)
        {
            Assert.Equal(from++, record.Offset);
            values.Add(Encoding.UTF8.GetString(block.Buffer.Span.Slice(record.ValueStart, record.ValueLength)));
        }

        return values;
    }

    private sealed class CountingWaiter : IPartitionWaiter
    {
        public int Count { get; private set; }

        public void OnData() => Count++;
    }
}
