using Microsoft.Extensions.Time.Testing;
using Streams.Storage.Files;

namespace Streams.Broker.Tests.Transport;

/// <summary>Reading without a group, as the transport offers it.</summary>
public sealed class EmbeddedTransportTests
{
    private static readonly TopicPartition Orders = new("orders", 0);

    [Fact]
    public async Task ReadAsync_AtTheEnd_WaitsForTheNextRecord()
    {
        await using var transport = await TestBroker.StartAsync(new MemoryFileSystem());
        await transport.Topics.CreateAsync(new("orders") { Partitions = 1 }, CancellationToken.None);
        var reading = transport.ReadAsync(Orders, 0, 4096, CancellationToken.None).AsTask();
        Assert.False(reading.IsCompleted);

        await transport.ProduceAsync(Orders, "a");

        var block = await reading.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(1, block.NextOffset);
        block.Release();
    }

    [Fact]
    public async Task ReadAsync_WhenCancelled_Ends()
    {
        await using var transport = await TestBroker.StartAsync(new MemoryFileSystem());
        await transport.Topics.CreateAsync(new("orders") { Partitions = 1 }, CancellationToken.None);
        using var stopping = new CancellationTokenSource();
        var reading = transport.ReadAsync(Orders, 0, 4096, stopping.Token).AsTask();

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task ReadAsync_WhenTheBrokerStops_Fails()
    {
        var transport = await TestBroker.StartAsync(new MemoryFileSystem());
        await transport.Topics.CreateAsync(new("orders") { Partitions = 1 }, CancellationToken.None);
        var reading = transport.ReadAsync(Orders, 0, 4096, CancellationToken.None).AsTask();

        await transport.DisposeAsync();

        var error = await Assert.ThrowsAsync<StreamsException>(() => reading.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(StreamsErrorCode.Closed, error.Code);
    }

    [Fact]
    public async Task OffsetAtAsync_FindsTheFirstRecordOfThatTimeOrLater()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var transport = await TestBroker.StartAsync(new MemoryFileSystem(), time);
        await transport.Topics.CreateAsync(new("orders") { Partitions = 1 }, CancellationToken.None);
        var times = new List<long>();
        foreach (var value in (string[])["a", "b", "c"])
        {
            times.Add(time.GetUtcNow().ToUnixTimeMilliseconds());
            await transport.ProduceAsync(Orders, value);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(0, await transport.OffsetAtAsync(Orders, 0, CancellationToken.None));
        Assert.Equal(1, await transport.OffsetAtAsync(Orders, times[1], CancellationToken.None));
        Assert.Equal(2, await transport.OffsetAtAsync(Orders, times[1] + 1, CancellationToken.None));
        Assert.Equal(3, await transport.OffsetAtAsync(Orders, times[2] + 1, CancellationToken.None));
    }

    // Fsync: the record is written but its sync has not come back. Nobody may see it yet.
    [Fact]
    public async Task OffsetRanges_BeforeTheSync_DoNotShowTheRecord()
    {
        var files = new FaultyFileSystem(new MemoryFileSystem());
        await using var transport = await TestBroker.StartAsync(files);
        await transport.Topics.CreateAsync(new("orders") { Partitions = 1 }, CancellationToken.None);
        using var syncMayEnd = new ManualResetEventSlim();
        using var syncBegan = new ManualResetEventSlim();
        files.OnChange = (kind, path) =>
        {
            if (kind == "sync" && path.Contains("orders-0", StringComparison.Ordinal))
            {
                syncBegan.Set();
                syncMayEnd.Wait(TimeSpan.FromSeconds(30));
            }
        };

        var producing = transport.ProduceAsync(Orders, "a");
        Assert.True(syncBegan.Wait(TimeSpan.FromSeconds(30)));
        var during = (await transport.OffsetRangesAsync([Orders], CancellationToken.None))[Orders];
        Assert.False(producing.IsCompleted);
        files.OnChange = null;
        syncMayEnd.Set();
        await producing;

        Assert.Equal(0, during.End);
        Assert.Equal(1, (await transport.OffsetRangesAsync([Orders], CancellationToken.None))[Orders].End);
    }
}
