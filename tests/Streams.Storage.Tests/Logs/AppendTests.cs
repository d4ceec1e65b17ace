using Streams.Protocol.Records;
using Streams.Storage.Tests.Faults;

namespace Streams.Storage.Tests.Logs;

public sealed class AppendTests
{
    [Fact]
    public async Task Append_OfBatches_GivesOffsetsInOrderAndKeepsEverything()
    {
        await using var store = new TestStore();
        var log = store.Open();

        var first = log.Append(TestBatch.Of(new("a", "1", 10, Header: "x"), new("b", null, 11), new(null, "3", 12)));
        var second = log.Append(TestBatch.Of(new TestRecord("c", "", 13)));

        Assert.Equal(new AppendedBatch(0, 2), first);
        Assert.Equal(new AppendedBatch(3, 3), second);
        Assert.Equal((0, 4, 4), (log.StartOffset, log.EndOffset, log.HighWatermark));
        Assert.Equal(
            [new("a", "1", 10, 0, "x"), new("b", null, 11, 1), new(null, "3", 12, 2), new("c", "", 13, 3)],
            log.ReadAll());
    }

    [Fact]
    public async Task Append_OfBatch_StampsOffsetAndEpochOutsideItsChecksum()
    {
        await using var store = new TestStore();
        var log = store.Open();
        log.AppendOne("before");
        var batch = TestBatch.Of(new TestRecord("a", "1"));

        log.Append(batch);

        var header = RecordBatchHeader.Read(batch);
        Assert.Equal((1, log.LeaderEpoch), (header.BaseOffset, header.LeaderEpoch));
        Assert.Null(RecordBatch.FindFault(batch, int.MaxValue));
    }

    [Fact]
    public async Task Append_OfBatchAboveBound_RefusesItAndGoesOn()
    {
        await using var store = new TestStore();
        var log = store.Open(TestStore.Options() with { BatchBytesMax = 200 });

        var error = Assert.Throws<StreamsException>(() => log.Append(TestBatch.OfSize(300)));

        Assert.Equal(StreamsErrorCode.MessageTooLarge, error.Code);
        Assert.Contains("200", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, log.AppendOne("fits"));
        Assert.Null(log.Failure);
    }

    [Fact]
    public async Task Append_BeyondSegmentSize_RollsToSegmentNamedByItsFirstOffset()
    {
        await using var store = new TestStore();
        var log = store.Open();

        log.AppendMany(25);

        var logs = store.FilesOf(".log");
        Assert.True(logs.Count > 2);
        Assert.All(logs.SkipLast(1), name => Assert.InRange(LengthOf(store, name), 800, 1_000));
        Assert.Equal(Enumerable.Range(0, 25).Select(index => (long)index), log.ReadAll().Select(record => record.Offset));
        var second = long.Parse(logs[1][..20], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(second, TestBatch.Parse(log.Read(second, 1).Bytes.Span)[0].Offset);
    }

    [Fact]
    public async Task Append_OfBatchLargerThanSegment_TakesSegmentOfItsOwn()
    {
        await using var store = new TestStore();
        var log = store.Open(TestStore.Options(segmentBytes: 500));
        log.AppendOne("small");

        log.Append(TestBatch.OfSize(900));
        log.AppendOne("small");

        Assert.Equal(3, store.FilesOf(".log").Count);
        Assert.Equal(3, log.ReadAll().Count);
    }

    [Fact]
    public async Task Append_WhenTimestampsSpreadTooFar_Rolls()
    {
        await using var store = new TestStore();
        var log = store.Open(TestStore.Options() with { SegmentAgeMax = TimeSpan.FromSeconds(10) });

        log.AppendOne("a", timestamp: 1_000);
        log.AppendOne("b", timestamp: 11_000);
        Assert.Single(store.FilesOf(".log"));
        log.AppendOne("c", timestamp: 11_001);

        Assert.Equal(2, store.FilesOf(".log").Count);
    }

    [Fact]
    public async Task Append_WithEachDurability_IsVisibleOnceItIsAsDurableAsPromised()
    {
        var files = new FaultFileSystem();
        await using var store = new TestStore(files);
        foreach (var durability in Enum.GetValues<Durability>())
        {
            var log = store.Open(TestStore.Options(durability), new("orders", (int)durability));
            var appended = log.Append(TestBatch.Of(new TestRecord("a", "1")));
            if (durability is Durability.Memory or Durability.PageCache or Durability.FsyncEach)
            {
                Assert.Equal(1, log.HighWatermark);
            }

            await log.WaitUntilDurableAsync(appended.EndOffset, TestContext.Current.CancellationToken);
            Assert.Equal(1, log.HighWatermark);
            Assert.Single(log.ReadAll());
        }
    }

    [Fact]
    public async Task Append_WithWeakerDurabilityBehindStrongerOne_IsNotVisibleBeforeIt()
    {
        var files = new FaultFileSystem();
        using var release = new ManualResetEventSlim();
        await using var store = new TestStore(files);
        var log = store.Open(TestStore.Options(Durability.Fsync));
        files.OnCall = call => Wait(call, release);

        log.AppendOne("strong");
        log.Reconfigure(TestStore.Options());
        log.AppendOne("weak");
        var visible = log.HighWatermark;
        release.Set();
        await log.WaitUntilDurableAsync(2, TestContext.Current.CancellationToken);

        Assert.Equal(0, visible);
        Assert.Equal(2, log.HighWatermark);

        static void Wait(FaultCall call, ManualResetEventSlim release)
        {
            if (call.Is(FaultCallKind.Sync, ".log"))
            {
                release.Wait(TestContext.Current.CancellationToken);
            }
        }
    }

    [Fact]
    public async Task HighWatermarkMoved_IsRaisedOutsideAllLocks()
    {
        await using var store = new TestStore();
        var log = store.Open(TestStore.Options(Durability.FsyncEach));
        var seen = new List<long>();
        log.HighWatermarkMoved += moved =>
        {
            // Another thread gets every lock while the handler runs.
            Task.Run(() => moved.ApplyRetention(null)).GetAwaiter().GetResult();
            seen.Add(moved.HighWatermark);
        };

        log.AppendOne("a");
        log.AppendOne("b");

        Assert.Equal([1, 2], seen);
    }

    private static long LengthOf(TestStore store, string name)
    {
        using var file = store.Files.Open(store.PathOf(name), Storage.Files.FileOpening.Read);
        return file.Length;
    }
}
