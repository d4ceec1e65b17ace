using Streams.Storage.Files;
using Streams.Storage.Tests.Faults;

namespace Streams.Storage.Tests.Recovery;

/// <summary>What a crash in the middle of a change leaves, and what the next start makes of it.</summary>
public sealed class InterruptedChangesTests
{
    private static LogOptions Compacting => TestStore.Options() with { Compact = true, Delete = false, MinDirtyRatio = 0 };

    [Theory]
    [InlineData("00000000000000000000.log.cleaned")]
    [InlineData("00000000000000000000.index.cleaned")]
    [InlineData("00000000000000000000.index.tmp")]
    [InlineData("00000000000000000000.log.deleted")]
    [InlineData("00000000000000000000.timeindex.swap")]
    [InlineData("00000000000000000777.index")]
    [InlineData("00000000000000000777.timeindex")]
    [InlineData("leader-epoch-checkpoint.tmp")]
    public async Task Open_WithWorthlessFile_RemovesIt(string name)
    {
        await using var store = new TestStore();
        store.Open().AppendMany(20);
        await store.DisposeAsync();
        AtomicFile.Write(store.Files, store.PathOf(name), [1, 2, 3]);

        var log = new TestStore(store.Files).Open();

        Assert.False(store.Files.FileExists(store.PathOf(name)));
        Assert.Equal(20, log.ReadAll().Count);
    }

    [Theory]
    [InlineData("00000000000000000000.snapshot")]
    [InlineData("00000000000000000000.damaged.100")]
    [InlineData("notes.txt")]
    public async Task Open_WithForeignFile_LeavesIt(string name)
    {
        await using var store = new TestStore();
        store.Open().AppendMany(20);
        await store.DisposeAsync();
        AtomicFile.Write(store.Files, store.PathOf(name), [1, 2, 3]);

        new TestStore(store.Files).Open();

        Assert.True(store.Files.FileExists(store.PathOf(name)));
    }

    // Stops a compaction at each of its calls, as a crash of the process would. Where the swap file was committed the next start finishes:
    // it is gone, the old segments too, and nothing superseded comes back.
    [Fact]
    public async Task Open_AfterCompactionWasStopped_FinishesOrUndoesIt()
    {
        var finished = 0;
        var isDone = false;
        for (var stop = 1; !isDone; stop++)
        {
            var files = new FaultFileSystem();
            await using var store = new TestStore(files);
            var log = store.Open(Compacting);
            for (var index = 0; index < 40; index++)
            {
                log.AppendOne($"value {index}", key: $"k{index % 3}");
            }

            files.DieAt = files.Calls + stop;
            isDone = Record.Exception(() => log.Compact(CancellationToken.None)) is null && !files.IsDead;
            var disk = files.After(FaultSurvival.Everything);
            var hadSwap = disk.FileExists(store.PathOf("00000000000000000000.log.swap"));
            var recovering = new TestStore(disk);
            var recovered = recovering.Open(Compacting);

            Assert.DoesNotContain(
                recovering.FilesOf(),
                name => name.Contains("swap", StringComparison.Ordinal) || name.Contains("cleaned", StringComparison.Ordinal));
            Assert.Equal(40, recovered.EndOffset);
            var latest = recovered.ReadAll().GroupBy(record => record.Key).Select(group => group.Last().Offset);
            Assert.Equal([37, 38, 39], latest.Order());
            if (hadSwap)
            {
                finished++;
                Assert.Single(recovering.Loggers.Of(4013));
                Assert.True(recovered.ReadAll().Count < 40);
            }
        }

        Assert.True(finished > 3);
    }

    [Fact]
    public async Task Open_WithDamagedSwapFile_RefusesAndChangesNothing()
    {
        await using var store = new TestStore();
        store.Open().AppendMany(20);
        await store.DisposeAsync();
        AtomicFile.Write(store.Files, store.PathOf("00000000000000000000.log.swap"), [1, 2, 3]);
        var before = store.FilesOf();

        await using var again = LogStore.Open(store.Files, TestStore.Directory, store.Time, store.Loggers);
        var error = Assert.Throws<StreamsException>(() => again.OpenLog(TestStore.Partition, TestStore.TopicId, TestStore.Options()));

        Assert.Equal(StreamsErrorCode.Corrupt, error.Code);
        Assert.Contains(".log.swap", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, store.FilesOf());
    }

    [Fact]
    public async Task Open_AfterDeletionWasInterrupted_FinishesItAndTheNameIsFree()
    {
        var isDone = false;
        for (var stop = 1; !isDone; stop++)
        {
            var files = new FaultFileSystem();
            await using var store = new TestStore(files);
            var log = store.Open(TestStore.Options(Durability.FsyncEach, segmentBytes: 100_000));
            log.AppendMany(20);
            files.DieAt = files.Calls + stop;
            isDone = Record.Exception(() => store.Store.DeleteLog(TestStore.Partition)) is null && !files.IsDead;

            foreach (var survival in new[] { FaultSurvival.Nothing, FaultSurvival.Everything, FaultSurvival.Some(stop) })
            {
                var recovering = new TestStore(files.After(survival));
                var directories = recovering.Files.ListDirectories(TestStore.Directory);
                Assert.DoesNotContain(directories, name => name.EndsWith("-delete", StringComparison.Ordinal));
                log = recovering.Open();
                Assert.True(log.EndOffset == (directories.Contains("orders-0") ? 20 : 0), $"stop {stop}: {log.EndOffset}");
            }
        }
    }

    // A roll could not be finished: the new file is there, empty, but the old segment went on. It must not hide what lies behind its name.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_WithEmptyFileBehindAnother_RemovesIt(bool isClean)
    {
        var files = new FaultFileSystem();
        await using var store = new TestStore(files);
        store.Open(TestStore.Options(segmentBytes: 100_000)).AppendMany(10);
        if (isClean)
        {
            await store.DisposeAsync();
        }

        var disk = files.After(FaultSurvival.Everything);
        disk.Open(store.PathOf("00000000000000000005.log"), FileOpening.Create).Dispose();
        var recovering = new TestStore(disk);

        Assert.Equal(10, recovering.Open().ReadAll().Count);
        Assert.Single(recovering.FilesOf(".log"));
        Assert.Empty(recovering.Loggers.Of(4015));
    }

    // The disk is full just when a large batch needs a new segment. A smaller one still fits into the old segment.
    [Fact]
    public async Task Append_WhenTheRollFailed_GoesOnInTheOldSegmentAndIsFoundAfterwards()
    {
        var files = new FaultFileSystem();
        await using var store = new TestStore(files);
        var log = store.Open();
        log.AppendMany(8);
        files.OnCall = call =>
        {
            if (call.Is(FaultCallKind.CreateFile, "00000000000000000008.log"))
            {
                throw FileErrors.FromError("create", call.Path, 28, "No space left on device");
            }
        };

        Assert.Equal(StreamsErrorCode.DiskFull, Assert.Throws<StreamsException>(() => log.Append(TestBatch.OfSize(500))).Code);
        Assert.Equal(8, log.AppendOne("small"));
        files.OnCall = null;
        Assert.Equal(9, log.Append(TestBatch.OfSize(500)).BaseOffset);

        Assert.Equal(10, log.ReadAll().Count);
        Assert.Equal(10, new TestStore(files.After(FaultSurvival.Everything)).Open().ReadAll().Count);
        Assert.Equal(10, (await store.ReopenAsync()).ReadAll().Count);
    }

    // The process dies while it begins, and the power goes later: what was acknowledged in between must not go with a name that was never
    // made durable.
    [Fact]
    public async Task Open_AfterProcessCrashBeforeNamesWereSynced_MakesThemDurable()
    {
        for (var stop = 1; stop < 60; stop++)
        {
            var files = new FaultFileSystem { DieAt = stop };
            _ = Record.Exception(() => new TestStore(files).Open(TestStore.Options(Durability.FsyncEach)));

            // The same kernel goes on: nothing is lost, but what was not synced still is not.
            var running = files.Restart();
            await using var store = new TestStore(running);
            store.Open(TestStore.Options(Durability.FsyncEach)).AppendOne("acknowledged");

            var found = new TestStore(running.After(FaultSurvival.Nothing)).Open().ReadAll();
            Assert.True(found.Count == 1, $"stop {stop}: {found.Count} records");
        }
    }
}
