using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Streams.Broker.Transport.Producing;
using Streams.Transport;

namespace Streams.Broker.Tests.Transport.Producing;

/// <summary>What a producer promises while nothing goes wrong: places, order, reports, flush, bounds.</summary>
public sealed class EmbeddedProducerTests
{
    [Theory]
    [InlineData(Durability.PageCache)]
    [InlineData(Durability.Fsync)]
    public async Task ProduceAsync_OneAfterTheOther_GivesConsecutiveOffsetsAndTheTimeOfTheCall(Durability durability)
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_000));
        await using var logs = TestLogs.Open(time: time, durability: durability);
        logs.Create("orders");
        await using var producer = TestProducer.Create(logs);

        for (var index = 0; index < 10; index++)
        {
            var at = await producer.ProduceAsync($"value {index}");

            Assert.Equal(new("orders", 0, index, DateTimeOffset.FromUnixTimeMilliseconds(1_000 + index)), at);
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(Enumerable.Range(0, 10).Select(index => $"value {index}"), logs.ReadAll());
    }

    [Fact]
    public async Task ProduceAsync_WhenThePartitionIsIdleAndNeedsNoDisk_IsDoneWhenItReturns()
    {
        await using var logs = TestLogs.Open();
        logs.Create("orders");
        await using var producer = TestProducer.Create(logs);

        var produced = producer.ProduceAsync("value");

        Assert.True(produced.IsCompletedSuccessfully);
        Assert.Equal(0, (await produced).Offset);
    }

    [Fact]
    public async Task ProduceAsync_WithTimestampKeyAndHeaders_KeepsThem()
    {
        await using var logs = TestLogs.Open();
        var partition = logs.Create("orders");
        await using var producer = TestProducer.Create(logs);

        var at = await producer.ProduceAsync(
            new OutgoingRecord
            {
                Topic = "orders",
                Partition = 0,
                Timestamp = 77,
                HasKey = true,
                Key = "key"u8,
                EncodedHeaders = [2, (byte)'a', 2, (byte)'b'],
                HeaderCount = 1,
            },
            default);

        Assert.Equal(77, at.Timestamp.ToUnixTimeMilliseconds());
        Assert.True(partition.TryRead(0, 1000, out var block));
        var record = Assert.Single(block.Records.ToArray());
        Assert.Equal((77, -1, 1), (record.Timestamp, record.ValueLength, record.HeaderCount));
        Assert.Equal("key"u8.ToArray(), block.Buffer.Slice(record.KeyStart, record.KeyLength).ToArray());
        Assert.Equal([2, (byte)'a', 2, (byte)'b'], block.Buffer.Slice(record.HeadersStart, record.HeadersLength).ToArray());
        block.Release();
    }

    // Many tasks produce to the same partitions at once, awaiting, queueing with and without reports. Each task's records must keep
    // the order of its
    // calls in each partition, nothing may be lost or doubled, each answer must name the place where the record really stands, and
    // reports must
    // come in offset order per partition and never two at a time.
    [Theory]
    [InlineData(Durability.PageCache, "none")]
    [InlineData(Durability.Fsync, "none")]
    [InlineData(Durability.PageCache, "lz4")]
    [InlineData(Durability.Fsync, "zstd")]
    public async Task Produce_FromManyTasksAtOnce_KeepsOrderAndTellsTheTruth(Durability durability, string compression)
    {
        const int Tasks = 8;
        const int Records = 2_000;
        const int Partitions = 2;
        await using var logs = TestLogs.Open(durability: durability);
        logs.Topics.Create(new("orders") { Partitions = Partitions });
        await using var producer = TestProducer.Create(logs, new() { BatchBytesMax = 2_000, Compression = compression });
        var places = new ConcurrentDictionary<(int Partition, long Offset), string>();
        var lastReported = new long[] { -1, -1 };
        var reporting = 0;
        var faults = new ConcurrentQueue<string>();

        await Task.WhenAll(Enumerable.Range(0, Tasks).Select(task => Task.Run(async () =>
        {
            for (var index = 0; index < Records; index++)
            {
                var value = $"{task}/{index}";
                var partition = index % Partitions;
                switch ((index + task) % 3)
                {
                    case 0:
                        places[(partition, (await producer.ProduceAsync(value, partition: partition)).Offset)] = value;
                        break;
                    case 1:
                        producer.Produce(value, partition: partition, report: report => OnReport(value, partition, report));
                        break;
                    default:
                        producer.Produce(value, partition: partition);
                        break;
                }
            }
        })));
        await producer.FlushAsync(default);

        Assert.Empty(faults);
        Assert.Equal(Tasks * Records * 2 / 3, places.Count, tolerance: Tasks * 2);
        for (var partition = 0; partition < Partitions; partition++)
        {
            var values = logs.ReadAll(partition: partition);
            Assert.Equal(Tasks * Records / Partitions, values.Count);
            Assert.All(places.Where(place => place.Key.Partition == partition), place
                => Assert.Equal(values[(int)place.Key.Offset], place.Value));
            foreach (var ofTask in values.Select(value => value.Split('/')).GroupBy(words => words[0]))
            {
                Assert.Equal(
                    Enumerable.Range(0, Records / Partitions).Select(index => (index * Partitions) + partition),
                    ofTask.Select(words => int.Parse(words[1], CultureInfo.InvariantCulture)));
            }
        }

        void OnReport(string value, int partition, ProduceReport report)
        {
            if (Interlocked.Increment(ref reporting) != 1)
            {
                faults.Enqueue("two reports at once");
            }

            if (report.Error is not null || report.Metadata.Offset <= lastReported[partition])
            {
                faults.Enqueue($"{value}: {report}, after {lastReported[partition]}");
            }

            lastReported[partition] = report.Metadata.Offset;
            places[(partition, report.Metadata.Offset)] = value;
            Interlocked.Decrement(ref reporting);
        }
    }

    [Fact]
    public async Task Produce_WithAReport_NeverCallsItInside()
    {
        await using var logs = TestLogs.Open();
        logs.Create("orders");
        await using var producer = TestProducer.Create(logs);
        var thread = Environment.CurrentManagedThreadId;
        var isInside = false;
        var wasInside = false;
        var reported = 0;

        for (var index = 0; index < 1_000; index++)
        {
            isInside = true;
            producer.Produce("value", _ =>
            {
                wasInside |= isInside && Environment.CurrentManagedThreadId == thread;
                reported++;
            });
            isInside = false;
        }

        await producer.FlushAsync(default);
        Assert.False(wasInside);
        Assert.Equal(1_000, reported);
    }

    [Fact]
    public async Task Produce_WhenAReportThrows_ReportsTheOthersAndLogs()
    {
        await using var logs = TestLogs.Open();
        logs.Create("orders");
        var logger = new FakeLogger<EmbeddedProducer>();
        await using var producer = TestProducer.Create(logs, logger: logger);
        var reported = 0;

        producer.Produce("first", _ => throw new InvalidOperationException("a bug of the application"));
        producer.Produce("second", _ => reported++);
        await producer.FlushAsync(default);

        Assert.Equal(1, reported);
        Assert.Contains(logger.Collector.GetSnapshot(), entry => entry.Id.Id == 3000 && entry.Exception is InvalidOperationException);
    }

    [Fact]
    public async Task Produce_WithAcksNone_AnswersAtOnceWithoutAnOffset()
    {
        await using var logs = TestLogs.Open(durability: Durability.Fsync);
        logs.Create("orders");
        await using var producer = TestProducer.Create(logs, new() { Acks = Acks.None });
        ProduceReport? reported = null;

        var produced = producer.ProduceAsync("first");
        producer.Produce("second", report => reported = report);
        await producer.FlushAsync(default);

        Assert.Equal(-1, (await produced).Offset);
        Assert.True(reported is { IsSuccess: true, Metadata.Offset: -1 });
        await logs.Partitions.Get(new("orders", 0)).WaitUntilDurableAsync(2, default);
        Assert.Equal(["first", "second"], logs.ReadAll());
    }

    [Fact]
    public async Task Produce_WithLinger_WritesOneBatchWhenTheTimeIsOver()
    {
        var time = new FakeTimeProvider();
        await using var logs = TestLogs.Open(time: time);
        var partition = logs.Create("orders");
        await using var producer = TestProducer.Create(logs, new() { Linger = TimeSpan.FromMilliseconds(5) });

        var first = producer.ProduceAsync("first").AsTask();
        time.Advance(TimeSpan.FromMilliseconds(4));
        var second = producer.ProduceAsync("second").AsTask();

        Assert.Equal(0, partition.Log.EndOffset);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([0, 1], (await Task.WhenAll(first, second)).Select(at => at.Offset));
        Assert.Equal(TimeSpan.FromMilliseconds(4), (await second).Timestamp - (await first).Timestamp);
    }

    [Fact]
    public async Task FlushAsync_WithLinger_DoesNotWaitForIt()
    {
        await using var logs = TestLogs.Open();
        logs.Create("orders");
        await using var producer = TestProducer.Create(logs, new() { Linger = TimeSpan.FromHours(1) });

        producer.Produce("value");
        await producer.FlushAsync(default);

        Assert.Equal(["value"], logs.ReadAll());
    }

    [Fact]
    public async Task Produce_WithLinger_WritesAFullBatchAtOnce()
    {
        await using var logs = TestLogs.Open();
        logs.Create("orders");
        await using var producer = TestProducer.Create(logs, new() { Linger = TimeSpan.FromHours(1), BatchBytesMax = 200 });

        var first = producer.ProduceAsync(new string('a', 100)).AsTask();
        var second = producer.ProduceAsync(new string('b', 100)).AsTask();

        Assert.Equal(0, (await first).Offset);
        Assert.False(second.IsCompleted);
    }

    [Fact]
    public async Task DisposeAsync_WithRecordsQueued_WritesAndReportsThemAll()
    {
        await using var logs = TestLogs.Open();
        logs.Create("orders");
        var producer = TestProducer.Create(logs, new() { Linger = TimeSpan.FromHours(1) });
        var reported = 0;
        for (var index = 0; index < 100; index++)
        {
            producer.Produce("value", _ => reported++);
        }

        await producer.DisposeAsync();

        Assert.Equal(100, reported);
        Assert.Equal(100, logs.ReadAll().Count);
        Assert.Equal(StreamsErrorCode.Closed, Assert.Throws<StreamsException>(() => producer.Produce("late")).Code);
        Assert.Equal(StreamsErrorCode.Closed, (await Assert.ThrowsAsync<StreamsException>(async ()
            => await producer.ProduceAsync("late"))).Code);
    }

    [Theory]
    [InlineData("unknown", 0, StreamsErrorCode.UnknownTopicOrPartition)]
    [InlineData("orders", 1, StreamsErrorCode.UnknownTopicOrPartition)]
    [InlineData("orders", -1, StreamsErrorCode.UnknownTopicOrPartition)]
    [InlineData("__consumer_offsets", 0, StreamsErrorCode.NotAllowed)]
    public async Task Produce_ToWhatCannotBeWritten_IsRefused(string topic, int partition, StreamsErrorCode code)
    {
        await using var logs = TestLogs.Open();
        logs.Create("orders");
        logs.Partitions.GetOrOpen(logs.Topics.EnsureConsumerOffsets(), 0);
        await using var producer = TestProducer.Create(logs);

        var thrown = Assert.Throws<StreamsException>(() => producer.Produce("value", topic: topic, partition: partition));
        var awaited = await Assert.ThrowsAsync<StreamsException>(async () => await producer.ProduceAsync("value", topic, partition));

        Assert.Equal((code, code), (thrown.Code, awaited.Code));
        Assert.Contains($"'{topic}", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Produce_WithoutAKeyToACompactedTopic_IsRefused()
    {
        await using var logs = TestLogs.Open();
        logs.Create("orders", ("cleanup.policy", "compact"));
        await using var producer = TestProducer.Create(logs);

        var error = Assert.Throws<StreamsException>(() => producer.Produce("value"));

        Assert.Equal(StreamsErrorCode.InvalidRecord, error.Code);
        await producer.ProduceAsync(TestProducer.Record("orders", 0, [1], key: [2]), default);
    }

    [Fact]
    public async Task Produce_OfARecordLargerThanTheTopicTakes_IsRefusedAndNamesTheBound()
    {
        await using var logs = TestLogs.Open();
        logs.Create("orders", ("max.message.bytes", "1000"));
        await using var producer = TestProducer.Create(logs);

        var error = await Assert.ThrowsAsync<StreamsException>(async () => await producer.ProduceAsync(new string('a', 1_000)));

        Assert.Equal(StreamsErrorCode.MessageTooLarge, error.Code);
        Assert.Contains("1000", error.Message, StringComparison.Ordinal);

        // Batches are cut to what the topic takes, so that many small records never fail together.
        for (var index = 0; index < 100; index++)
        {
            producer.Produce(new string('a', 100));
        }

        await producer.FlushAsync(default);
        Assert.Equal(100, logs.ReadAll().Count);
    }

    [Fact]
    public async Task Produce_AfterTheTopicWasDeletedAndMadeAgain_WritesToTheNewOne()
    {
        await using var logs = TestLogs.Open();
        logs.Create("orders");
        await using var producer = TestProducer.Create(logs);
        await producer.ProduceAsync("old");

        logs.Topics.BeginDelete("orders");
        Assert.Equal(StreamsErrorCode.UnknownTopicOrPartition, Assert.Throws<StreamsException>(() => producer.Produce("lost")).Code);
        logs.Topics.EndDelete("orders");
        logs.Create("orders");

        Assert.Equal(0, (await producer.ProduceAsync("new")).Offset);
        Assert.Equal(["new"], logs.ReadAll());
    }

    [Fact]
    public async Task ProduceAsync_OfMoreAwaitedRecordsThanATokenCanName_BeginsAnotherBatch()
    {
        await using var logs = TestLogs.Open();
        logs.Create("orders");
        await using var producer = TestProducer.Create(logs, new() { Linger = TimeSpan.FromHours(1), BatchBytesMax = 1024 * 1024 });

        var awaited = Enumerable.Range(0, ProducerLimits.AwaitedRecordsMax + 10).Select(_ => producer.ProduceAsync("v").AsTask()).ToArray();
        await producer.FlushAsync(default);

        Assert.Equal(Enumerable.Range(0, awaited.Length).Select(index => (long)index), (await Task.WhenAll(awaited)).Select(at
            => at.Offset));
    }

    [Fact]
    public void Create_WithBadSettings_NamesAllFaultsAtOnce()
    {
        var error = Assert.Throws<StreamsException>(() => new ProducerContext(
            new() { Compression = "brotli", BatchBytesMax = 0, BufferBytesMax = 0, DeliveryTimeout = TimeSpan.Zero,
                Linger = TimeSpan.FromSeconds(-1), Acks = (Acks)7 },
            TimeProvider.System,
            new FakeLogger()));

        Assert.Equal(StreamsErrorCode.InvalidConfiguration, error.Code);
        Assert.All(
            ["Compression cannot be 'brotli'", "BatchBytesMax", "BufferBytesMax", "DeliveryTimeout", "Linger", "Acks"],
            fault => Assert.Contains(fault, error.Message, StringComparison.Ordinal));
    }
}
