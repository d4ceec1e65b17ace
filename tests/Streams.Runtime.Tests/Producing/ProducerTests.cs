using System.Text;
using Streams.Protocol.Partitioning;
using Streams.Runtime.Tests.Connection;

namespace Streams.Runtime.Tests.Producing;

public sealed class ProducerTests
{
    [Fact]
    public async Task ProduceAsync_WithAKey_WritesKeyPayloadAndTypeHeader()
    {
        await using var host = await new Connected().OpenAsync();

        var producer = host.Factory.CreateProducer<Order>();
        var metadata = await producer.ProduceAsync(new("A-1", "one book"), TestContext.Current.CancellationToken);

        var record = Assert.Single(host.Records);
        Assert.Equal("orders", record.Topic);
        Assert.Equal("A-1", Encoding.UTF8.GetString(record.Key!));
        Assert.Equal("one book", Encoding.UTF8.GetString(record.Value!));
        Assert.Equal(-1, record.Timestamp);
        var header = Assert.Single(record.Headers);
        Assert.Equal((StreamsHeaders.Type, "Order"), (header.Name, header.GetString()));
        Assert.Equal(Murmur2.Partition("A-1"u8, 6), record.Partition);
        Assert.Equal((record.Topic, record.Partition, 0L), (metadata.Topic, metadata.Partition, metadata.Offset));
    }

    [Fact]
    public async Task ProduceAsync_WithAnEmptyKey_TreatsItAsAKey()
    {
        await using var host = await new Connected().OpenAsync();

        await host.Factory.CreateProducer<Order>().ProduceAsync(new("", "x"));

        Assert.Equal([], host.Records[0].Key!);
        Assert.Equal(Murmur2.Partition([], 6), host.Records[0].Partition);
    }

    [Fact]
    public async Task Produce_WithoutAKey_GoesRoundTheTopicsRealName()
    {
        await using var host = await new Connected().OpenAsync(partitions: 4);
        var producer = host.Factory.CreateProducer<Click>();

        for (var index = 0; index < 12; index++)
        {
            producer.Produce(new("x"));
        }

        Assert.All(host.Records, record => Assert.Equal("clicks-Test", record.Topic));
        Assert.All(host.Records, record => Assert.Null(record.Key));
        var first = host.Records[0].Partition;
        Assert.Equal(Enumerable.Range(0, 12).Select(index => (first + index) % 4), host.Records.Select(record => record.Partition));
    }

    [Fact]
    public async Task Produce_WhenSticky_ChangesThePartitionAfterABatchOfBytes()
    {
        await using var host = await new Connected(new() { BatchBytesMax = 100 }).OpenAsync(partitions: 4);
        var producer = host.Factory.CreateProducer<StickyClick>();

        for (var index = 0; index < 50; index++)
        {
            producer.Produce(new("ten bytes."));
        }

        var runs = host.Records.Chunk(10).Select(run => run.Select(record => record.Partition).Distinct().ToArray()).ToArray();
        Assert.All(runs, run => Assert.Single(run));
        Assert.All(runs.Zip(runs.Skip(1)), pair => Assert.NotEqual(pair.First[0], pair.Second[0]));
    }

    [Fact]
    public async Task Produce_WhenStickyOnOnePartition_StaysThere()
    {
        await using var host = await new Connected(new() { BatchBytesMax = 10 }).OpenAsync(partitions: 1);
        var producer = host.Factory.CreateProducer<StickyClick>();

        producer.Produce(new("ten bytes."));
        producer.Produce(new("ten bytes."));

        Assert.All(host.Records, record => Assert.Equal(0, record.Partition));
    }

    [Fact]
    public async Task ProduceAsync_WithAPartitioner_AsksIt()
    {
        await using var host = await new Connected().OpenAsync();

        await host.Factory.CreateProducer<Price>().ProduceAsync(new("ab", "x", Wanted: 1));

        Assert.Equal(3, host.Records[0].Partition);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(-100)]
    public async Task ProduceAsync_WhenThePartitionerIsOff_SaysSo(int wanted)
    {
        await using var host = await new Connected().OpenAsync();

        var error = await Assert.ThrowsAsync<StreamsException>(
            async () => await host.Factory.CreateProducer<Price>().ProduceAsync(new("ab", "x", wanted)));

        Assert.Equal(StreamsErrorCode.InvalidPartitions, error.Code);
        Assert.Equal(
            $"The partitioner of 'Price' chose partition {wanted + 2} of topic 'prices', which has partitions 0 to 5. "
            + "IPartitioner<T>.Partition must return a number from 0 to partitionCount - 1.",
            error.Message);
    }

    [Fact]
    public async Task ProduceAsync_WithOptions_TakesPartitionTimestampAndHeaders()
    {
        await using var host = await new Connected().OpenAsync();
        var at = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);

        await host.Factory.CreateProducer<Order>().ProduceAsync(
            new("A-1", "x"),
            new ProduceOptions
            {
                Partition = 5,
                Timestamp = at,
                Headers = { { "tenant", "a" }, { "tenant", "b" }, { "none", (string?)null } },
            });

        var record = Assert.Single(host.Records);
        Assert.Equal((5, at.ToUnixTimeMilliseconds()), (record.Partition, record.Timestamp));
        Assert.Equal(
            [(StreamsHeaders.Type, "Order"), ("tenant", "a"), ("tenant", "b"), ("none", null)],
            record.Headers.Select(header => (header.Name, header.GetString())));
    }

    [Fact]
    public async Task ProduceAsync_WithAReservedHeader_IsRefused()
    {
        await using var host = await new Connected().OpenAsync();
        var producer = host.Factory.CreateProducer<Order>();
        var options = new ProduceOptions { Headers = { { "streams-type", "Refund" } } };

        var error = await Assert.ThrowsAsync<StreamsException>(async () => await producer.ProduceAsync(new("A-1", "x"), options));

        Assert.Equal(StreamsErrorCode.InvalidRecord, error.Code);
        Assert.Contains("'streams-type'", error.Message, StringComparison.Ordinal);
        Assert.Throws<StreamsException>(() => producer.Produce(new("A-1", "x"), options));
        Assert.Empty(host.Records);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(-1)]
    public async Task ProduceAsync_ToAPartitionThatIsNotThere_NamesThoseThatAre(int partition)
    {
        await using var host = await new Connected().OpenAsync();

        var error = await Assert.ThrowsAsync<StreamsException>(async () =>
            await host.Factory.CreateProducer<Order>().ProduceAsync(new("A-1", "x"), new ProduceOptions { Partition = partition }));

        Assert.Equal(StreamsErrorCode.UnknownTopicOrPartition, error.Code);
        Assert.Contains(
            $"Partition {partition} of topic 'orders' does not exist: it has partitions 0 to 5.",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProduceTombstoneAsync_WritesTheKeyAndNoValue()
    {
        await using var host = await new Connected().OpenAsync();

        await host.Factory.CreateProducer<Order>().ProduceTombstoneAsync(new("A-1", "ignored"));

        var record = Assert.Single(host.Records);
        Assert.Equal("A-1", Encoding.UTF8.GetString(record.Key!));
        Assert.Null(record.Value);
        Assert.Equal("Order", record.Headers.GetString(StreamsHeaders.Type));
    }

    [Fact]
    public async Task Produce_WithoutTheKeyItNeeds_IsRefused()
    {
        await using var host = await new Connected().OpenAsync();

        var tombstone = await Assert.ThrowsAsync<StreamsException>(
            async () => await host.Factory.CreateProducer<Order>().ProduceTombstoneAsync(new(null, "x")));
        var compacted = await Assert.ThrowsAsync<StreamsException>(
            async () => await host.Factory.CreateProducer<Price>().ProduceAsync(new(null, "x")));

        Assert.Equal([StreamsErrorCode.InvalidRecord, StreamsErrorCode.InvalidRecord], [tombstone.Code, compacted.Code]);
        Assert.Contains("[PartitionKey]", tombstone.Message, StringComparison.Ordinal);
        Assert.Contains("compacted topic 'prices'", compacted.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Produce_WithNull_IsAnArgumentNullException()
    {
        await using var host = await new Connected().OpenAsync();
        var producer = host.Factory.CreateProducer<Order>();

        Assert.Throws<ArgumentNullException>("message", () => producer.Produce(null!));
        await Assert.ThrowsAsync<ArgumentNullException>("message", async () => await producer.ProduceAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>("message", async () => await producer.ProduceTombstoneAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>("options", async () => await producer.ProduceAsync(new("A", "x"), options: null!));
    }

    [Fact]
    public async Task ProduceAsync_WhenTheTransportRefuses_FailsItsOwnTask()
    {
        await using var host = await new Connected().OpenAsync();
        host.Transport.Producer.Refusal = new("Too large.") { Code = StreamsErrorCode.MessageTooLarge };
        var producer = host.Factory.CreateProducer<Order>();

        var produced = producer.ProduceAsync(new("A-1", "x"));

        Assert.True(produced.IsFaulted);
        Assert.Equal(StreamsErrorCode.MessageTooLarge, (await Assert.ThrowsAsync<StreamsException>(async () => await produced)).Code);
        Assert.Throws<StreamsException>(() => producer.Produce(new("A-1", "x")));
    }

    [Fact]
    public async Task ProduceAsync_WhenLargerThanTheBuffer_IsTooLarge()
    {
        await using var host = await new Connected(new() { BufferBytesMax = 10_000 }).OpenAsync();

        var error = await Assert.ThrowsAsync<StreamsException>(
            async () => await host.Factory.CreateProducer<Order>().ProduceAsync(new("A-1", new string('x', 100_000))));

        Assert.Equal(StreamsErrorCode.MessageTooLarge, error.Code);
        Assert.Contains("Streams:Producer:BufferBytesMax", error.Message, StringComparison.Ordinal);
        Assert.Empty(host.Records);
    }

    [Fact]
    public async Task ProduceAsync_WhenCancelledBefore_QueuesNothing()
    {
        await using var host = await new Connected().OpenAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await host.Factory.CreateProducer<Order>().ProduceAsync(new("A-1", "x"), new CancellationToken(canceled: true)));

        Assert.Empty(host.Records);
    }

    [Fact]
    public async Task ProduceAsync_AfterALargeRecord_GoesOnWithSmallOnes()
    {
        await using var host = await new Connected().OpenAsync();
        var producer = host.Factory.CreateProducer<Order>();
        var large = new string('x', 2_000_000);

        await producer.ProduceAsync(new("A-1", large));
        await producer.ProduceAsync(new("A-1", "small"));

        Assert.Equal(large, Encoding.UTF8.GetString(host.Records[0].Value!));
        Assert.Equal("small", Encoding.UTF8.GetString(host.Records[1].Value!));
    }

    [Fact]
    public async Task FlushAsync_AsksTheTransport()
    {
        await using var host = await new Connected().OpenAsync();

        await host.Factory.CreateProducer<Order>().FlushAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, host.Transport.Producer.Flushes);
    }

    // The hot path: records without options, typed, from a class and from a struct. Whatever it allocates is paid a million times a second.
    [Fact]
    public async Task Produce_InSteadyState_AllocatesNothing()
    {
        await using var host = await new Connected().OpenAsync();
        host.Transport.Producer.Keeps = false;
        var orders = host.Factory.CreateProducer<Order>();
        var points = host.Factory.CreateProducer<Point>();
        var sticky = host.Factory.CreateProducer<StickyClick>();
        var prices = host.Factory.CreateProducer<Price>();
        var (order, point, click, price) = (new Order("A-1", "one book"), new Point("1,2"), new StickyClick("home"), new Price("ab", "7"));

        ProduceEach(1_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        ProduceEach(10_000);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(66_000, host.Transport.Producer.Count);
        Assert.Equal(0, allocated);

        void ProduceEach(int count)
        {
            for (var index = 0; index < count; index++)
            {
                orders.Produce(order);
                points.Produce(point);
                sticky.Produce(click);
                prices.Produce(price);
                _ = orders.ProduceAsync(order).Result;
                _ = points.ProduceAsync(point).Result;
            }
        }
    }
}
