using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Streams.Hosting.Tests.Contracts;

namespace Streams.Hosting.Tests.EndToEnd;

/// <summary>A record that cannot be handled stops its partition, and only that; everybody is told.</summary>
public sealed class BadRecordTests
{
    private const int PartitionStopped = 2503;

    [Fact]
    public Task Handle_WhenAPayloadIsCorrupt_StopsThePartitionAndNamesTheMember()
        => AssertStopsAsync(
            "OrderPlaced",
            [0x92, 0xA1, (byte)'a', 0xC0],   // an array of two: "a", and nil where a number is to be
            error => Assert.IsType<MalformedPayloadException>(error),
            "The payload cannot be read: Unexpected msgpack code 192 (nil) encountered. Member 'OrderPlaced.Amount', byte 4.");

    [Fact]
    public Task Handle_WhenATypeIsNotKnown_StopsThePartitionAndNamesTheTypesThereAre()
        => AssertStopsAsync(
            "Refunded",
            [0xC0],
            error => Assert.Equal(StreamsErrorCode.UnknownMessageType, Assert.IsType<StreamsException>(error).Code),
            "The record at offset 0 of topic 'orders' is of type 'Refunded', which this process does not know; "
                + "it knows 'OrderPlaced', 'OrderShipped'. Reference the assembly that declares it and call AddHandlers(), "
                + "or correct the producer, then resume the partition.");

    [Fact]
    public async Task Resume_WhenTheCauseIsMended_HandlesTheRecordAndIsHealthyAgain()
    {
        var calls = new Calls { Fail = true };
        using var stopped = new EventWaiter(PartitionStopped);
        await using var application = await StartAsync<SyncLedger>(stopped, calls);
        await application.PlaceAsync("a");
        await stopped.Logged.WaitAsync(application.Budget);
        Assert.Equal(HealthStatus.Degraded, (await application.HealthAsync()).Status);

        var waiting = await Assert.ThrowsAsync<StreamsException>(() => application.Groups["sync"].WhenCaughtUpAsync(application.Budget));
        Assert.Contains("stands still", waiting.Message, StringComparison.Ordinal);

        calls.Fail = false;
        await application.Groups["sync"].ResumeAsync(application.Budget);
        await application.Groups["sync"].WhenCaughtUpAsync(application.Budget);

        Assert.Equal(["a"], calls.Orders);
        Assert.Equal(HealthStatus.Healthy, (await application.HealthAsync()).Status);
    }

    // The bad record is on partition 0; orders keep coming, on all partitions.
    private static async Task AssertStopsAsync(string wireName, byte[] payload, Action<Exception?> check, string text)
    {
        using var stopped = new EventWaiter(PartitionStopped);
        await using var application = await StartAsync<Billing>(stopped, new());
        var bad = await application.PutAsync(partition: 0, wireName, payload);
        await stopped.Logged.WaitAsync(application.Budget);

        var orders = application.Service<IProducer<OrderPlaced>>();
        for (var partition = 0; partition < 3; partition++)
        {
            await orders.ProduceAsync(new($"on {partition}", 1), new() { Partition = partition }, application.Budget);
        }

        await WhenCommittedAsync(application, new("orders", 1), 1);
        await WhenCommittedAsync(application, new("orders", 2), 1);
        var snapshot = await application.Groups["billing"].SnapshotAsync(application.Budget);
        Assert.Null(snapshot.Partitions[0].Committed);
        Assert.Equal(2, snapshot.Lag);
        check(snapshot.Partitions[0].Failure);
        Assert.Equal(text, snapshot.Partitions[0].Failure!.Message);

        var health = await application.HealthAsync();
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.StartsWith($"Group 'billing' stands still on partition 'orders-0' at offset {bad.Offset}: ", health.Description);
        Assert.Contains(text, health.Description, StringComparison.Ordinal);
        Assert.Contains("Its other partitions go on. Repair the cause, then resume it", health.Description, StringComparison.Ordinal);
        Assert.Equal(["on 1", "on 2"], await application.InvoicedOrdersAsync());
    }

    private static async Task WhenCommittedAsync(RunningApplication application, TopicPartition partition, long offset)
    {
        while ((await application.Groups["billing"].SnapshotAsync(application.Budget)).Partitions[partition.Partition].Committed != offset)
        {
            await Task.Yield();
        }
    }

    private static Task<RunningApplication> StartAsync<THandler>(EventWaiter log, Calls calls)
    {
        var builder = TestApplication.Create();
        builder.Logging.AddProvider(log);
        builder.AddStreams(streams => streams.UseMemory().AddMessages().AddHandler<THandler>().Services.AddSingleton(calls));
        return RunningApplication.StartAsync(builder.Build());
    }
}
