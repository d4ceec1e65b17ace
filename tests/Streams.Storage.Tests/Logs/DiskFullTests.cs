using Streams.Storage.Tests.Faults;

namespace Streams.Storage.Tests.Logs;

/// <summary>A full disk refuses appends and nothing else, and when there is room again the log goes on as if nothing had been.</summary>
public sealed class DiskFullTests
{
    // The disk has room for any number of bytes, one after the other, so that every write of the log's life is the one that does not fit.
    [Theory]
    [InlineData(Durability.Fsync)]
    [InlineData(Durability.FsyncEach)]
    [InlineData(Durability.PageCache)]
    public async Task Append_WithAnyRoomLeft_LosesNothingAndGoesOn(Durability durability)
    {
        var isDone = false;
        for (var room = 0; !isDone; room += 37)
        {
            var files = new FaultFileSystem();
            await using var store = new TestStore(files);
            var log = store.Open(TestStore.Options(durability, segmentBytes: 400));
            await AppendAsync(log, 0, 6);
            files.Capacity = files.Used + room;
            var end = 6;
            isDone = true;
            for (var tries = 0; tries < 20; tries++)
            {
                try
                {
                    await AppendAsync(log, end, 1);
                    end++;
                }
                catch (StreamsException error) when (error.Code == StreamsErrorCode.DiskFull)
                {
                    isDone = false;
                }
            }

            Assert.Null(log.Failure);
            Assert.Equal(end, log.ReadAll().Count);
            Assert.Equal(end, new TestStore(Crash(files)).Open().ReadAll().Count);
            files.Capacity = long.MaxValue;
            await AppendAsync(log, end, 5);
            Assert.Equal(Enumerable.Range(0, end + 5).Select(index => $"{index}"), log.ReadAll().Select(record => record.Value));
            log = await store.ReopenAsync();
            Assert.True(store.Store.WasCleanlyClosed);
            Assert.Equal(end + 5, log.ReadAll().Count);
        }
    }

    [Fact]
    public async Task ApplyRetention_OnFullDisk_MakesRoom()
    {
        var files = new FaultFileSystem();
        await using var store = new TestStore(files);
        var log = store.Open(TestStore.Options() with { RetentionBytes = 1_500 });
        log.AppendMany(60);
        files.Capacity = files.Used;
        Assert.Equal(StreamsErrorCode.DiskFull, Assert.Throws<StreamsException>(() => log.AppendMany(20)).Code);

        var result = log.ApplyRetention(null);

        Assert.True(result.SegmentsDeleted > 2);
        log.AppendMany(5);
        Assert.Equal(result.StartOffset, log.ReadAll()[0].Offset);
        Assert.NotEmpty(store.Loggers.Of(4005));
        Assert.Equal(result.StartOffset, (await store.ReopenAsync()).StartOffset);
    }

    [Fact]
    public async Task ApplyRetention_OnFullDiskWithExpiredActiveSegment_DeletesTheOthers()
    {
        var files = new FaultFileSystem();
        await using var store = new TestStore(files);
        var log = store.Open(TestStore.Options() with { RetentionTime = TimeSpan.FromDays(1) });
        log.AppendMany(30, timestamp: store.Now);
        store.Time.Advance(TimeSpan.FromDays(2));
        files.OnCall = call =>
        {
            if (call.Kind == FaultCallKind.CreateFile)
            {
                throw Storage.Files.FileErrors.FromError("create", call.Path, 28, "No space left on device");
            }
        };

        var result = log.ApplyRetention(null);
        files.OnCall = null;

        Assert.True(result.SegmentsDeleted > 1);
        Assert.NotEmpty(store.Loggers.Of(4006));
        log.ApplyRetention(null);
        Assert.Equal(30, log.StartOffset);
    }

    [Fact]
    public async Task DeleteRecordsBefore_OnFullDisk_IsRefusedAndChangesNothing()
    {
        var files = new FaultFileSystem();
        await using var store = new TestStore(files);
        var log = store.Open();
        log.AppendMany(10);
        files.Capacity = files.Used;

        Assert.Equal(StreamsErrorCode.DiskFull, Assert.Throws<StreamsException>(() => log.DeleteRecordsBefore(5)).Code);

        Assert.Equal(0, log.StartOffset);
        Assert.Equal(10, log.ReadAll().Count);
    }

    [Fact]
    public async Task DeleteLog_OnFullDisk_Works()
    {
        var files = new FaultFileSystem();
        await using var store = new TestStore(files);
        store.Open().AppendMany(30);
        files.Capacity = files.Used;

        store.Store.DeleteLog(TestStore.Partition);

        Assert.Empty(files.ListDirectories(TestStore.Directory));
    }

    [Fact]
    public async Task Close_OnFullDisk_IsUncleanAndLosesNothing()
    {
        var files = new FaultFileSystem();
        var store = new TestStore(files);
        store.Open().AppendMany(30);
        files.Capacity = files.Used;

        await store.DisposeAsync();

        Assert.NotEmpty(store.Loggers.Of(4002));
        await using var again = new TestStore(files.After(FaultSurvival.Everything));
        Assert.False(again.Store.WasCleanlyClosed);
        Assert.Equal(30, again.Open().ReadAll().Count);
    }

    [Fact]
    public async Task Append_WhenTheSyncFindsTheDiskFull_FailsTheLog()
    {
        var files = new FaultFileSystem();
        await using var store = new TestStore(files);
        var log = store.Open(TestStore.Options(Durability.FsyncEach));
        files.OnCall = call =>
        {
            if (call.Is(FaultCallKind.Sync, ".log"))
            {
                throw Storage.Files.FileErrors.FromError("sync", call.Path, 28, "No space left on device");
            }
        };

        // Delayed allocation: the write went through, and the pages are gone now.
        Assert.Equal(StreamsErrorCode.StorageFailed, Assert.Throws<StreamsException>(() => log.AppendOne("x")).Code);
        Assert.NotNull(log.Failure);
    }

    private static async Task AppendAsync(SegmentedLog log, int first, int count)
    {
        for (var index = first; index < first + count; index++)
        {
            var appended = log.Append(TestBatch.Of(new TestRecord("k", $"{index}")));
            await log.WaitUntilDurableAsync(appended.EndOffset, TestContext.Current.CancellationToken);
        }
    }

    private static FaultFileSystem Crash(FaultFileSystem files)
    {
        var disk = files.After(FaultSurvival.Everything);
        disk.Capacity = long.MaxValue;
        return disk;
    }
}
