using Streams.Storage.Tests.Faults;

namespace Streams.Storage.Tests.Logs;

public sealed class RetentionTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task ApplyRetention_ByTime_DeletesClosedSegmentsThatAreTooOld()
    {
        await using var store = new TestStore();
        var log = store.Open(TestStore.Options() with { RetentionTime = Day });
        log.AppendMany(25, timestamp: store.Now);
        var segments = store.FilesOf(".log").Count;
        store.Time.Advance(Day);

        var nothing = log.ApplyRetention(null);
        store.Time.Advance(TimeSpan.FromMilliseconds(1));
        log.AppendOne("new", timestamp: store.Now);
        var result = log.ApplyRetention(null);

        Assert.Equal(0, nothing.SegmentsDeleted);
        Assert.Equal(segments - 1, result.SegmentsDeleted);
        Assert.True(result.BytesDeleted > 0);
        Assert.Equal(result.StartOffset, log.StartOffset);
        Assert.Equal(log.StartOffset, log.ReadAll()[0].Offset);
        Assert.Single(store.FilesOf(".log"));
        Assert.Equal(StreamsErrorCode.OffsetOutOfRange, Assert.Throws<StreamsException>(() => log.Read(0, 1)).Code);
        log = await store.ReopenAsync();
        Assert.Equal(result.StartOffset, log.StartOffset);
    }

    [Fact]
    public async Task ApplyRetention_WhenEvenTheActiveSegmentIsTooOld_EmptiesTheLogAndKeepsTheOffset()
    {
        await using var store = new TestStore();
        var log = store.Open(TestStore.Options() with { RetentionTime = Day });
        log.AppendMany(25, timestamp: store.Now);
        store.Time.Advance(2 * Day);

        var result = log.ApplyRetention(null);

        Assert.Equal((25, 25), (log.StartOffset, log.EndOffset));
        Assert.Empty(log.ReadAll());
        Assert.Equal(25, result.StartOffset);
        log = await store.ReopenAsync();
        Assert.Equal((25, 25), (log.StartOffset, log.EndOffset));
        Assert.Equal(25, log.AppendOne("next"));
    }

    [Fact]
    public async Task ApplyRetention_ByTime_WaitsForKnownGroups()
    {
        await using var store = new TestStore();
        var log = store.Open(TestStore.Options() with { RetentionTime = Day });
        log.AppendMany(25, timestamp: store.Now);
        var second = long.Parse(store.FilesOf(".log")[1][..20], System.Globalization.CultureInfo.InvariantCulture);
        store.Time.Advance(2 * Day);

        var held = log.ApplyRetention(second - 1);
        var freed = log.ApplyRetention(second);

        Assert.Equal((0, true), (held.SegmentsDeleted, held.HeldByGroup));
        Assert.Equal((1, true), (freed.SegmentsDeleted, freed.HeldByGroup));
        Assert.Equal(second, log.StartOffset);
        log.ApplyRetention(25);
        Assert.Equal(25, log.StartOffset);
    }

    [Fact]
    public async Task ApplyRetention_BySize_KeepsAtLeastThatManyBytesAndTellsWhenItOvertakesAGroup()
    {
        await using var store = new TestStore();
        var log = store.Open(TestStore.Options() with { RetentionBytes = 2_000 });
        log.AppendMany(50);

        var result = log.ApplyRetention(3);

        Assert.InRange(log.SizeBytes, 2_000, 3_000);
        Assert.True(result.OvertookGroup);
        Assert.False(log.ApplyRetention(log.StartOffset).OvertookGroup);
    }

    [Fact]
    public async Task ApplyRetention_WithoutDelete_KeepsEverything()
    {
        await using var store = new TestStore();
        var log = store.Open(TestStore.Options() with { Delete = false, RetentionTime = Day, RetentionBytes = 1 });
        log.AppendMany(25, timestamp: 0);

        Assert.Equal(0, log.ApplyRetention(null).SegmentsDeleted);
        Assert.Equal(25, log.ReadAll().Count);
    }

    // A producer without a clock sends records without a time. They are as old as those behind them, and never deleted for having none.
    [Fact]
    public async Task ApplyRetention_OfRecordsWithoutTime_DeletesThemWithTheRecordsBehind()
    {
        await using var store = new TestStore();
        var log = store.Open(TestStore.Options() with { RetentionTime = Day });
        log.AppendMany(12, timestamp: -1);

        Assert.Equal(0, log.ApplyRetention(null).SegmentsDeleted);
        log.AppendMany(20, first: 12, timestamp: store.Now);
        Assert.Equal(0, log.ApplyRetention(null).SegmentsDeleted);
        store.Time.Advance(2 * Day);
        log.ApplyRetention(null);

        Assert.Equal(32, log.StartOffset);
    }

    // The largest time of a segment stands in its time index only. One that was emptied must not make fresh records look ancient.
    [Fact]
    public async Task ApplyRetention_WithEmptiedTimeIndex_DeletesNothingFresh()
    {
        await using var store = new TestStore();
        var log = store.Open(TestStore.Options() with { RetentionTime = Day });
        log.AppendMany(25, timestamp: store.Now);
        await store.DisposeAsync();
        foreach (var name in store.FilesOf("index"))
        {
            store.Files.Open(store.PathOf(name), Storage.Files.FileOpening.Create).Dispose();
        }

        await using var again = LogStore.Open(store.Files, TestStore.Directory, store.Time, store.Loggers);
        log = again.OpenLog(TestStore.Partition, TestStore.TopicId, TestStore.Options() with { RetentionTime = Day });

        Assert.Equal(0, log.ApplyRetention(null).SegmentsDeleted);
        Assert.NotEmpty(store.Loggers.Of(4020));
    }

    [Fact]
    public async Task ApplyRetention_BeforeRecordsAreDurable_KeepsThem()
    {
        var files = new FaultFileSystem();
        using var release = new ManualResetEventSlim();
        await using var store = new TestStore(files);
        var log = store.Open(TestStore.Options(Durability.Fsync) with { RetentionTime = Day });
        files.OnCall = call =>
        {
            if (call.Is(FaultCallKind.Sync, ".log"))
            {
                release.Wait(TestContext.Current.CancellationToken);
            }
        };
        log.AppendMany(25, timestamp: 0);

        var result = log.ApplyRetention(null);
        release.Set();
        await log.WaitUntilDurableAsync(25, TestContext.Current.CancellationToken);

        Assert.Equal(0, result.SegmentsDeleted);
        Assert.Equal(25, log.ReadAll().Count);
    }

    [Fact]
    public async Task DeleteRecordsBefore_AnOffset_HidesRecordsAtOnceAndForGood()
    {
        await using var store = new TestStore();
        var log = store.Open();
        log.AppendMany(25);

        log.DeleteRecordsBefore(12);
        log.DeleteRecordsBefore(5);

        Assert.Equal(12, log.StartOffset);
        Assert.Equal(StreamsErrorCode.OffsetOutOfRange, Assert.Throws<StreamsException>(() => log.Read(11, 1)).Code);
        Assert.Equal(12, log.ReadAll()[0].Offset);
        Assert.Equal(1, log.ApplyRetention(null).SegmentsDeleted);
        log = await store.ReopenAsync();
        Assert.Equal(12, log.StartOffset);
        Assert.Equal(13, log.ReadAll().Count);
    }

    [Fact]
    public async Task DeleteRecordsBefore_AboveTheEnd_IsRefused()
    {
        await using var store = new TestStore();
        var log = store.Open();
        log.AppendMany(2);

        Assert.Equal(StreamsErrorCode.OffsetOutOfRange, Assert.Throws<StreamsException>(() => log.DeleteRecordsBefore(3)).Code);
    }

    [Fact]
    public async Task ApplyRetention_ForEver_NeitherOverflowsNorDeletes()
    {
        await using var store = new TestStore();
        var log = store.Open(TestStore.Options() with { RetentionTime = TimeSpan.MaxValue });
        log.AppendMany(25, timestamp: 1);

        Assert.Equal(0, log.ApplyRetention(null).SegmentsDeleted);
    }
}
