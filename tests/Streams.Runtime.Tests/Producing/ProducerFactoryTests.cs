using Streams.Runtime.Tests.Connection;

namespace Streams.Runtime.Tests.Producing;

public sealed class ProducerFactoryTests
{
    [Fact]
    public async Task CreateProducer_Twice_IsTheSame()
    {
        await using var host = await new Connected().OpenAsync();

        Assert.Same(host.Factory.CreateProducer<Order>(), host.Factory.CreateProducer<Order>());
        Assert.Same(host.Factory.CreateReader<Order>(), host.Factory.CreateReader<Order>());
    }

    [Fact]
    public async Task CreateProducer_OfAMessageThatIsNotRegistered_SaysWhatToCall()
    {
        await using var host = new Connected(messages: [Order.Descriptor]);

        var error = Assert.Throws<StreamsException>(() => host.Factory.CreateProducer<Refund>());

        Assert.Equal(StreamsErrorCode.InvalidConfiguration, error.Code);
        Assert.Contains("AddHandlers() or AddMessages()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Produce_BeforeTheHostStarts_SaysSo()
    {
        await using var host = new Connected();
        var producer = host.Factory.CreateProducer<Order>();

        var error = Assert.Throws<StreamsException>(() => producer.Produce(new("A", "x")));

        Assert.Equal(StreamsErrorCode.NotAllowed, error.Code);
        Assert.Contains("has not started", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Produce_AfterTheHostStops_IsClosed()
    {
        var host = await new Connected().OpenAsync();
        var producer = host.Factory.CreateProducer<Order>();
        await host.DisposeAsync();

        var error = await Assert.ThrowsAsync<StreamsException>(async () => await producer.ProduceAsync(new("A", "x")));

        Assert.Equal(StreamsErrorCode.Closed, error.Code);
        Assert.True(host.Transport.Producer.IsDisposed);
    }

    [Fact]
    public async Task Produce_WhenPartitionsWereAdded_UsesThemAfterARefresh()
    {
        await using var host = await new Connected().OpenAsync(partitions: 1);
        var producer = host.Factory.CreateProducer<Click>();
        host.Transport.Create("clicks-Test", 3);

        producer.Produce(new("before"));
        await host.Connection.RefreshAsync(TestContext.Current.CancellationToken);
        for (var index = 0; index < 3; index++)
        {
            producer.Produce(new("after"));
        }

        Assert.Equal(0, host.Records[0].Partition);
        Assert.Equal([0, 1, 2], host.Records.Skip(1).Select(record => record.Partition).Order());
    }

    [Fact]
    public async Task Produce_ToAPartitionAddedMeanwhile_FindsItAtOnce()
    {
        await using var host = await new Connected().OpenAsync(partitions: 1);
        host.Transport.Create("orders", 2);

        host.Factory.CreateProducer<Order>().Produce(new("A", "x"), new ProduceOptions { Partition = 1 });

        Assert.Equal(1, Assert.Single(host.Records).Partition);
    }

    // Somebody else added partitions, and nobody told this host: it asks on its own every five minutes, and outlives a failure of asking.
    [Fact]
    public async Task PartitionCounts_AreRefreshedRegularly()
    {
        await using var host = await new Connected().OpenAsync(partitions: 1);
        var topic = host.Registry.TopicOf(Order.Descriptor);
        var changed = topic.Changed;
        host.Transport.Topics.Failure = new("No broker.");
        host.Transport.Create("orders", 2);

        host.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(1, topic.PartitionCount);
        host.Transport.Topics.Failure = null;
        host.Time.Advance(TimeSpan.FromMinutes(5));
        await changed.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Equal(2, topic.PartitionCount);
    }
}
