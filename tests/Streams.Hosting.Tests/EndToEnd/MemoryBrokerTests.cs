using Streams.Hosting.Tests.Contracts;

namespace Streams.Hosting.Tests.EndToEnd;

/// <summary>A host from its start to its stop, with the broker in memory.</summary>
public sealed class MemoryBrokerTests
{
    [Fact]
    public async Task Handle_WhenAHandlerReturnsAMessage_ProducesItBeforeTheOffsetIsCommitted()
    {
        await using var application = await StartAsync(streams => streams.AddHandler<Billing>());

        await application.PlaceAsync("a", "b", "c");
        await application.Groups["billing"].WhenCaughtUpAsync(application.Budget);

        Assert.Equal(["a", "b", "c"], await application.InvoicedOrdersAsync());
    }

    [Fact]
    public async Task Snapshot_WhenEverythingIsHandled_ShowsOwnersAndNoLag()
    {
        await using var application = await StartAsync(streams => streams.AddHandler<Billing>());
        await application.PlaceAsync("a", "b", "c", "d");
        await application.Groups["billing"].WhenCaughtUpAsync(application.Budget);

        var snapshot = await application.Groups["billing"].SnapshotAsync(application.Budget);

        Assert.Equal("billing", snapshot.GroupId);
        Assert.Equal(0, snapshot.Lag);
        Assert.Equal([0, 1, 2], snapshot.Partitions.Select(partition => partition.Partition.Partition));
        Assert.Equal(4, snapshot.Partitions.Sum(partition => partition.End));
        Assert.All(snapshot.Partitions, partition => Assert.NotNull(partition.Member));
        Assert.All(snapshot.Partitions, partition => Assert.Equal(partition.End, partition.Committed ?? 0));
    }

    [Fact]
    public async Task Seek_ToTheBeginning_HandlesEverythingAgain()
    {
        await using var application = await StartAsync(streams => streams.AddHandler<Billing>());
        await application.PlaceAsync("a", "b");
        var billing = application.Groups["billing"];
        await billing.WhenCaughtUpAsync(application.Budget);

        foreach (var partition in (await billing.SnapshotAsync(application.Budget)).Partitions)
        {
            await billing.SeekAsync(partition.Partition, ReadFrom.Earliest, application.Budget);
        }

        await billing.WhenCaughtUpAsync(application.Budget);
        Assert.Equal(["a", "a", "b", "b"], await application.InvoicedOrdersAsync());
    }

    [Fact]
    public async Task Groups_WhenAGroupIsNotEnabled_DoesNotHostIt()
    {
        await using var application = await StartAsync(streams => streams.AddHandler<Billing>(), ("Groups:billing:Enabled", "false"));

        var error = Assert.Throws<StreamsException>(() => application.Groups["billing"]);

        Assert.Equal(StreamsErrorCode.UnknownGroup, error.Code);
        Assert.Equal(
            "The group 'billing' is not hosted in this process, which hosts none. "
                + "Check the id, AddHandlers() and the group's 'Enabled' setting.",
            error.Message);
    }

    [Fact]
    public async Task Produce_BeforeTheHostStarts_SaysSo()
    {
        using var host = TestApplication.Build(streams => streams.UseMemory().AddMessages());
        var orders = (IProducer<OrderPlaced>)host.Services.GetService(typeof(IProducer<OrderPlaced>))!;

        var error = await Assert.ThrowsAsync<StreamsException>(
            () => orders.ProduceAsync(new("a", 1), TestContext.Current.CancellationToken).AsTask());

        Assert.Contains("start", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static Task<RunningApplication> StartAsync(Action<StreamsBuilder> configure, params (string Key, string Value)[] settings)
        => RunningApplication.StartAsync(TestApplication.Build(streams => configure(streams.UseMemory().AddMessages()), settings));
}
