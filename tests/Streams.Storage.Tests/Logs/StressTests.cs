using Streams.Storage.Files;

namespace Streams.Storage.Tests.Logs;

/// <summary>Everything at once, with real threads: appends, flushes, rolls, retention, compaction, reads, closing, deletion.</summary>
public sealed class StressTests
{
    private const int Appends = 1_500;

    [Theory]
    [InlineData(Durability.Fsync)]
    [InlineData(Durability.FsyncEach)]
    [InlineData(Durability.PageCache)]
    public async Task Log_UnderEverythingAtOnce_KeepsItsPromises(Durability durability)
    {
        await using var store = new TestStore();
        var log = store.Open(TestStore.Options(durability, segmentBytes: 2_000) with { RetentionBytes = 20_000 });
        var visible = 0L;
        log.HighWatermarkMoved += moved => Interlocked.Exchange(ref visible, Math.Max(Interlocked.Read(ref visible), moved.HighWatermark));
        using var done = new CancellationTokenSource();
        var appenders = Enumerable.Range(0, 2).Select(_ => Task.Run(() => AppendAsync(log))).ToArray();
        var others = new[]
        {
            Task.Run(() => Repeat(done.Token, () => log.ApplyRetention(null))),
            Task.Run(() => Repeat(done.Token, () => log.OffsetAtTime(1_000))),
            Task.Run(() => Repeat(done.Token, () => log.DeleteRecordsBefore(Math.Max(0, log.HighWatermark - 2_000)))),
            Task.Run(() => Repeat(done.Token, () => Read(log))),
            Task.Run(() => Repeat(done.Token, () => Read(log))),
        };

        await Task.WhenAll(appenders);
        await done.CancelAsync();
        await Task.WhenAll(others);

        Assert.Equal(2 * Appends, log.EndOffset);
        Assert.Equal(log.EndOffset, log.HighWatermark);
        Assert.Equal(log.EndOffset, Interlocked.Read(ref visible));
        Assert.Null(log.Failure);
        var expected = log.ReadAll();
        Assert.Equal(Enumerable.Range((int)log.StartOffset, (int)(log.EndOffset - log.StartOffset)), expected.Select(r => (int)r.Offset));
        log = await store.ReopenAsync();
        Assert.True(store.Store.WasCleanlyClosed);
        Assert.Equal(expected, log.ReadAll());
    }

    [Fact]
    public async Task Compact_BesideAppendsAndRetention_KeepsTheLatestOfEachKey()
    {
        await using var store = new TestStore();
        var options = TestStore.Options(Durability.Fsync, segmentBytes: 2_000);
        var log = store.Open(options with { Compact = true, Delete = false, MinDirtyRatio = 0 });
        using var done = new CancellationTokenSource();
        var compacting = Task.Run(() => Repeat(done.Token, () => log.Compact(CancellationToken.None)));
        var reading = Task.Run(() => Repeat(done.Token, () => Read(log)));

        for (var index = 0; index < Appends; index++)
        {
            log.AppendOne($"{index}", key: $"k{index % 10}");
        }

        await log.WaitUntilDurableAsync(Appends, TestContext.Current.CancellationToken);
        await done.CancelAsync();
        await Task.WhenAll(compacting, reading);

        log = await store.ReopenAsync();
        var latest = log.ReadAll().GroupBy(record => record.Key).Select(group => group.Last().Value).Order(StringComparer.Ordinal);
        Assert.Equal(Enumerable.Range(Appends - 10, 10).Select(index => $"{index}"), latest);
        var logs = store.FilesOf(".log").Select(name => name[..20]).SkipLast(1).ToArray();
        Assert.Equal(logs, store.FilesOf(".timeindex").Select(name => name[..20]).Take(logs.Length));
    }

    // Logs are closed and deleted while others append, wait and read. Each wait ends exactly once, with success or with Closed, nothing
    // hangs, and the directory is clean afterwards.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Close_AndDelete_WhileTheLogIsUsed_EndEveryWait(bool isDeleted)
    {
        await using var store = new TestStore();
        for (var round = 0; round < 30; round++)
        {
            var partition = new TopicPartition("orders", round);
            var log = store.Open(TestStore.Options(Durability.Fsync, segmentBytes: 500), partition);
            var users = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
            {
                var successes = 0;
                while (true)
                {
                    try
                    {
                        await log.WaitUntilDurableAsync(log.Append(TestBatch.OfSize(150)).EndOffset, TestContext.Current.CancellationToken);
                        successes++;
                        log.Read(log.StartOffset, 1_000).Dispose();
                        log.ApplyRetention(null);
                    }
                    catch (StreamsException error)
                    {
                        Assert.Equal(StreamsErrorCode.Closed, error.Code);
                        return successes;
                    }
                }
            })).ToArray();

            while (log.EndOffset < 20)
            {
                await Task.Yield();
            }

            if (isDeleted)
            {
                store.Store.DeleteLog(partition);
            }
            else
            {
                log.Close();
            }

            var acknowledged = (await Task.WhenAll(users)).Sum();
            Assert.True(isDeleted || acknowledged <= log.HighWatermark);
            Assert.Null(log.Failure);
        }

        Assert.Equal(isDeleted ? 0 : 30, store.Files.ListDirectories(TestStore.Directory).Count);
        await store.DisposeAsync();

        // Logs that were closed one by one are not the store's to vouch for (4002).
        Assert.DoesNotContain(
            store.Loggers.Lines, line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Error && line.Id != 4002);
    }

    [Fact]
    public async Task Store_OfManyLogsOnRealFiles_SyncsAndClosesThemSideBySide()
    {
        var folder = Directory.CreateTempSubdirectory("streams-stress-");
        try
        {
            await using (var store = new TestStore(PhysicalFileSystem.Instance, folder.FullName))
            {
                await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(async () =>
                {
                    var log = store.Store.OpenLog(
                        new("orders", number), TestStore.TopicId, TestStore.Options(Durability.Fsync, segmentBytes: 2_000));
                    for (var index = 0; index < 20; index++)
                    {
                        await log.WaitUntilDurableAsync(log.Append(TestBatch.OfSize(300)).EndOffset, TestContext.Current.CancellationToken);
                    }
                })));
            }

            await using var again = new TestStore(PhysicalFileSystem.Instance, folder.FullName);
            Assert.True(again.Store.WasCleanlyClosed);
            Assert.All(again.Store.Partitions, partition => Assert.Equal(20, again.Open(partition: partition.Name).ReadAll().Count));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task AppendAsync(SegmentedLog log)
    {
        for (var index = 0; index < Appends; index++)
        {
            var wait = log.WaitUntilDurableAsync(log.Append(TestBatch.OfSize(120)).EndOffset, TestContext.Current.CancellationToken);
            if (index % 10 == 0)
            {
                await wait;
            }
            else
            {
                _ = wait.AsTask();
            }
        }

        await log.WaitUntilDurableAsync(log.EndOffset, TestContext.Current.CancellationToken);
    }

    private static void Repeat(CancellationToken done, Action action)
    {
        while (!done.IsCancellationRequested)
        {
            try
            {
                action();
            }
            catch (StreamsException error) when (error.Code == StreamsErrorCode.OffsetOutOfRange)
            {
                // The start has moved meanwhile.
                Thread.Yield();
            }
        }
    }

    // Offsets grow, and nothing is missing in between but what retention or compaction has taken.
    private static void Read(SegmentedLog log)
    {
        var last = -1L;
        var visible = log.HighWatermark;
        foreach (var record in log.ReadAll(bytesMax: 3_000))
        {
            Assert.True(record.Offset > last, $"Offset {record.Offset} follows {last}.");
            Assert.True(log.Options.Compact || last < 0 || record.Offset == last + 1, $"Offset {record.Offset} follows {last}.");
            last = record.Offset;
        }

        Assert.True(last < 0 || last >= visible - 1, $"The last record read is {last}, visible were {visible}.");
    }
}
