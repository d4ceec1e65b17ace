using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Streams.Storage.Files;

namespace Streams.Broker.Tests;

/// <summary>The broker as a whole: what a restart finds again, and what its upkeep may take away.</summary>
public sealed class EmbeddedBrokerTests
{
    private static readonly TopicPartition Orders = new("orders", 0);

    [Fact]
    public async Task Start_AfterACleanStop_FindsTopicsRecordsAndOffsets()
    {
        var files = new MemoryFileSystem();
        await using (var first = await TestBroker.StartAsync(files))
        {
            await first.Topics.CreateAsync(new("orders") { Partitions = 2 }, CancellationToken.None);
            await first.ProduceAsync(Orders, "a", "b", "c");
            await first.CommitAsync("billing", Orders, 2);
        }

        await using var second = await TestBroker.StartAsync(files);

        Assert.Equal(2, (await second.Topics.DescribeAsync("orders"))!.Partitions);
        Assert.Equal(["a", "b", "c"], await second.ReadAllAsync(Orders));
        Assert.Equal(2, await second.CommittedAsync("billing", Orders));
        await second.ProduceAsync(Orders, "d");
        Assert.Equal(["a", "b", "c", "d"], await second.ReadAllAsync(Orders));
    }

    // A power cut takes the unsynced end of a PageCache topic, but not the offset that was committed past it: that one went into
    // __consumer_offsets, which is always synced. Without help the group would skip the next records that are written there.
    [Fact]
    public async Task Start_WhenCommittedOffsetLiesAboveTheRecoveredEnd_SetsItBackAndSaysSo()
    {
        var files = new MemoryFileSystem();
        await using (var first = await TestBroker.StartAsync(files))
        {
            await first.Topics.CreateAsync(new("orders") { Partitions = 1 }, CancellationToken.None);
            await first.ProduceAsync(Orders, "a", "b", "c");
            await first.CommitAsync("billing", Orders, 3);
        }

        CutLastBatch(files, "data/orders-0/00000000000000000000.log");
        files.DeleteFile("data/.kafka_cleanshutdown");
        files.DeleteFile("data/recovery-point-offset-checkpoint");
        files.DeleteFile("data/replication-offset-checkpoint");
        var logs = new FakeLogCollector();
        await using var second = await TestBroker.StartAsync(files, loggers: new CollectingLoggers(logs));

        Assert.Equal(["a", "b"], await second.ReadAllAsync(Orders));
        Assert.Equal(2, await second.CommittedAsync("billing", Orders));
        Assert.Contains(logs.GetSnapshot(), entry => entry.Id.Id == 4553);
    }

    [Fact]
    public async Task Delete_ThenCreate_BeginsAtZeroForEverybody()
    {
        var files = new MemoryFileSystem();
        await using var broker = await TestBroker.StartAsync(files);
        await broker.Topics.CreateAsync(new("orders") { Partitions = 1 }, CancellationToken.None);
        await broker.ProduceAsync(Orders, "a", "b");
        await broker.CommitAsync("billing", Orders, 2);

        await broker.Topics.DeleteAsync("orders");
        await broker.Topics.CreateAsync(new("orders") { Partitions = 1 }, CancellationToken.None);
        await broker.ProduceAsync(Orders, "new");

        Assert.Equal(["new"], await broker.ReadAllAsync(Orders));
        Assert.Null(await broker.CommittedAsync("billing", Orders));
    }

    // Retention by time stops at the committed offset of a group, and goes on once the group has moved on.
    [Fact]
    public async Task Maintenance_WhenRecordsAreTooOld_WaitsForGroups()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var broker = await TestBroker.StartAsync(new MemoryFileSystem(), time);
        await broker.Topics.CreateAsync(
            new("orders") { Partitions = 1, Settings = new Dictionary<string, string> { ["retention.ms"] = "60000" } },
            CancellationToken.None);
        await broker.ProduceAsync(Orders, "a", "b");
        await broker.CommitAsync("billing", Orders, 0);
        time.Advance(TimeSpan.FromHours(1));

        await broker.Broker.Maintenance.RunOnceAsync(CancellationToken.None);
        Assert.Equal(["a", "b"], await broker.ReadAllAsync(Orders));

        await broker.CommitAsync("billing", Orders, 2);
        await broker.Broker.Maintenance.RunOnceAsync(CancellationToken.None);
        Assert.Empty(await broker.ReadAllAsync(Orders));
        Assert.Equal(2, (await broker.OffsetRangesAsync([Orders], CancellationToken.None))[Orders].Start);
    }

    // A group that commits for days writes thousands of records about the same few offsets; a restart must not read them all.
    [Fact]
    public async Task Maintenance_OfConsumerOffsets_KeepsTheLastOfEachAndARestartReadsIt()
    {
        var files = new MemoryFileSystem();
        await using (var first = await TestBroker.StartAsync(files))
        {
            await first.Topics.CreateAsync(new("orders") { Partitions = 1 }, CancellationToken.None);
            await first.ProduceAsync(Orders, [.. Enumerable.Range(0, 50).Select(number => $"{number}")]);
            await first.CommitAsync("billing", Orders, 0);
            foreach (var partition in first.Broker.Partitions.All.Where(partition => partition.IsInternal))
            {
                partition.Log.Reconfigure(partition.Log.Options with { SegmentBytesMax = 512 });
            }

            for (var offset = 1; offset <= 50; offset++)
            {
                await first.CommitAsync("billing", Orders, offset);
            }

            var before = InternalBytes(first);
            await first.Broker.Maintenance.RunOnceAsync(CancellationToken.None);
            Assert.True(InternalBytes(first) < before / 2, $"{before} bytes became {InternalBytes(first)}.");
        }

        await using var second = await TestBroker.StartAsync(files);

        Assert.Equal(50, await second.CommittedAsync("billing", Orders));
    }

    [Fact]
    public async Task Start_WhenTheDirectoryIsOpen_SaysWhoHasIt()
    {
        var files = new MemoryFileSystem();
        await using var first = await TestBroker.StartAsync(files);

        var error = await Assert.ThrowsAsync<StreamsException>(() => TestBroker.StartAsync(files));

        Assert.Equal(StreamsErrorCode.DirectoryInUse, error.Code);
        Assert.Contains("Streams:Broker:Data", error.Message, StringComparison.Ordinal);
    }

    private static long InternalBytes(Broker.Transport.EmbeddedTransport transport)
        => transport.Broker.Partitions.All.Where(partition => partition.IsInternal).Sum(partition => partition.Log.SizeBytes);

    private static void CutLastBatch(MemoryFileSystem files, string path)
    {
        using var log = files.Open(path, FileOpening.ReadWrite);
        log.Truncate(log.Length - 5);
    }
}
