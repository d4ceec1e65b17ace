using Streams.Storage.Files;
using Streams.Storage.Tests.Faults;

namespace Streams.Storage.Tests.Logs;

public sealed class DurabilityTests : IAsyncDisposable
{
    // The checkpoints that are written when the directory is closed.
    private const int CheckpointSyncs = 4;

    private readonly FaultFileSystem _files = new();
    private readonly TestStore _store;
    private readonly ManualResetEventSlim _disk = new();
    private readonly SemaphoreSlim _syncs = new(0);
    private volatile bool _failing;

    public DurabilityTests()
    {
        _store = new(_files);
        Log = _store.Open(TestStore.Options(Durability.Fsync, segmentBytes: 100_000));
    }

    private SegmentedLog Log { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _disk.Set();
        await _store.DisposeAsync();
        _disk.Dispose();
        _syncs.Dispose();
    }

    // While the disk works on the first sync, many batches are written. One more sync is enough for all of them.
    [Fact]
    public async Task Append_OfManyWhileTheDiskWorks_SyncsThemTogether()
    {
        HoldDisk();
        var first = Wait(Log.Append(TestBatch.Of(new TestRecord("k", "0"))));
        await _syncs.WaitAsync(Cancelled);
        var others = Enumerable.Range(1, 50).Select(index => Wait(Log.Append(TestBatch.Of(new TestRecord("k", $"{index}"))))).ToArray();
        var before = _files.Calls;

        _disk.Set();
        await Task.WhenAll([first, .. others]);

        Assert.Equal(51, Log.HighWatermark);
        Assert.Equal(1, _files.Calls - before);
    }

    [Fact]
    public async Task Append_BeforeItsSync_IsNeitherVisibleNorAcknowledged()
    {
        HoldDisk();
        var wait = Wait(Log.Append(TestBatch.Of(new TestRecord("k", "0"))));
        await _syncs.WaitAsync(Cancelled);

        Assert.False(wait.IsCompleted);
        Assert.Equal((1, 0), (Log.EndOffset, Log.HighWatermark));
        Assert.True(Log.Read(0, 100).IsEmpty);

        _disk.Set();
        await wait;
        Assert.Single(Log.ReadAll());
    }

    [Fact]
    public async Task Wait_WhenCancelled_EndsAloneAndOnce()
    {
        HoldDisk();
        using var cancellation = new CancellationTokenSource();
        var appended = Log.Append(TestBatch.Of(new TestRecord("k", "0")));
        var patient = Wait(appended);
        var impatient = Log.WaitUntilDurableAsync(appended.EndOffset, cancellation.Token).AsTask();

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.False(patient.IsCompleted);
        _disk.Set();

        await patient;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Log.WaitUntilDurableAsync(99, cancellation.Token).AsTask());
    }

    [Fact]
    public async Task Wait_ForWhatIsDurable_AllocatesNothing()
    {
        await Wait(Log.Append(TestBatch.Of(new TestRecord("k", "0"))));
        var batch = TestBatch.OfSize(100);
        Log.Reconfigure(TestStore.Options(segmentBytes: 100_000_000));
        for (var index = 0; index < 100; index++)
        {
            Log.Append(batch);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var index = 0; index < 10; index++)
        {
            Assert.True(Log.WaitUntilDurableAsync(Log.Append(batch).EndOffset, Cancelled).IsCompletedSuccessfully);
        }

        // The memory of the test's file system and a rare growth of the index; nothing for each record or wait.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
    }

    // After a failed sync nobody knows what is on the disk. The log must take nothing any more, tell all who wait, and never sync again:
    // the kernel would report success for pages it has dropped. What was visible stays readable, and nothing else becomes so.
    [Fact]
    public async Task Sync_WhenItFails_FailsTheLogForGood()
    {
        await Wait(Log.Append(TestBatch.Of(new TestRecord("k", "safe"))));
        HoldDisk();
        var waits = Enumerable.Range(0, 3).Select(index => Wait(Log.Append(TestBatch.Of(new TestRecord("k", $"{index}"))))).ToArray();
        await _syncs.WaitAsync(Cancelled);
        var syncs = 0;
        _files.OnCall = call =>
        {
            syncs += call.Kind == FaultCallKind.Sync ? 1 : 0;
        };
        _failing = true;
        _disk.Set();

        foreach (var wait in waits)
        {
            Assert.Equal(StreamsErrorCode.StorageFailed, (await Assert.ThrowsAsync<StreamsException>(() => wait)).Code);
        }

        Assert.Equal(StreamsErrorCode.StorageFailed, Log.Failure!.Code);
        Assert.Equal(StreamsErrorCode.StorageFailed, Assert.Throws<StreamsException>(() => Log.AppendOne("late")).Code);
        Assert.Equal(
            StreamsErrorCode.StorageFailed,
            (await Assert.ThrowsAsync<StreamsException>(() => Log.WaitUntilDurableAsync(4, Cancelled).AsTask())).Code);
        Assert.Equal("safe", Assert.Single(Log.ReadAll()).Value);
        Assert.Equal(StreamsErrorCode.StorageFailed, Assert.Throws<StreamsException>(() => Log.ApplyRetention(null)).Code);
        await _store.DisposeAsync();
        Assert.Equal(0, syncs - CheckpointSyncs);
        Assert.False(_files.FileExists(FilePath.Join(TestStore.Directory, ".kafka_cleanshutdown")));
        Assert.Contains("orders-0", Assert.Single(_store.Loggers.Of(4001)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SyncOfEachAppend_WhenItFails_FailsTheAppendAndTheLog()
    {
        Log.Reconfigure(TestStore.Options(Durability.FsyncEach, segmentBytes: 100_000));
        Log.AppendOne("safe");
        _files.OnCall = call =>
        {
            if (call.Is(FaultCallKind.Sync, ".log"))
            {
                throw FileErrors.FromError("sync", call.Path, 5, "Input/output error");
            }
        };

        var error = Assert.Throws<StreamsException>(() => Log.AppendOne("lost"));

        Assert.Equal(StreamsErrorCode.StorageFailed, error.Code);
        Assert.Equal(1, Log.HighWatermark);
        Assert.NotNull(Log.Failure);
        Assert.Equal("safe", Assert.Single(Log.ReadAll()).Value);
        await Assert.ThrowsAsync<StreamsException>(() => Log.WaitUntilDurableAsync(2, Cancelled).AsTask());
    }

    [Fact]
    public async Task Append_WhenTheWriteFails_FailsTheLogAndTellsThoseWhoWait()
    {
        HoldDisk();
        var wait = Wait(Log.Append(TestBatch.Of(new TestRecord("k", "0"))));
        await _syncs.WaitAsync(Cancelled);
        var held = _files.OnCall;
        _files.OnCall = call =>
        {
            if (call.Is(FaultCallKind.Write, ".log"))
            {
                throw FileErrors.FromError("write to", call.Path, 5, "Input/output error");
            }

            held!(call);
        };

        Assert.Equal(StreamsErrorCode.StorageFailed, Assert.Throws<StreamsException>(() => Log.AppendOne("x")).Code);
        Assert.Equal(StreamsErrorCode.StorageFailed, (await Assert.ThrowsAsync<StreamsException>(() => wait)).Code);
        Assert.NotNull(Log.Failure);
    }

    [Fact]
    public async Task Close_WithUnsyncedRecords_MakesThemDurableAndTellsThoseWhoWait()
    {
        HoldDisk();
        var wait = Wait(Log.Append(TestBatch.Of(new TestRecord("k", "0"))));
        await _syncs.WaitAsync(Cancelled);
        Log.AppendOne("1");
        var later = Wait(Log.Append(TestBatch.Of(new TestRecord("k", "2"))));
        var beyond = Log.WaitUntilDurableAsync(99, Cancelled).AsTask();

        var closing = _store.DisposeAsync().AsTask();
        _disk.Set();
        await closing;

        await wait;
        await later;
        Assert.Equal(StreamsErrorCode.Closed, (await Assert.ThrowsAsync<StreamsException>(() => beyond)).Code);
        Assert.Equal(StreamsErrorCode.Closed, Assert.Throws<StreamsException>(() => Log.AppendOne("late")).Code);
        Assert.Equal(StreamsErrorCode.Closed, Assert.Throws<StreamsException>(() => Log.Read(0, 100)).Code);
        Assert.Equal(StreamsErrorCode.Closed, Assert.Throws<StreamsException>(() => Log.OffsetAtTime(0)).Code);
        Assert.Equal(StreamsErrorCode.Closed, Assert.Throws<StreamsException>(() => Log.ApplyRetention(null)).Code);
        Assert.Equal(StreamsErrorCode.Closed, Assert.Throws<StreamsException>(() => Log.Compact(default)).Code);
        Assert.Equal(StreamsErrorCode.Closed, Assert.Throws<StreamsException>(() => Log.DeleteRecordsBefore(1)).Code);
    }

    [Fact]
    public async Task DeleteLog_WhileItIsFlushed_EndsItAndLeavesNothing()
    {
        HoldDisk();
        var wait = Wait(Log.Append(TestBatch.Of(new TestRecord("k", "0"))));
        await _syncs.WaitAsync(Cancelled);
        var second = Wait(Log.Append(TestBatch.Of(new TestRecord("k", "1"))));

        var deleting = Task.Run(() => _store.Store.DeleteLog(TestStore.Partition), Cancelled);
        _disk.Set();
        await deleting;

        await wait;
        var end = await Record.ExceptionAsync(() => second);
        Assert.True(end is null or StreamsException { Code: StreamsErrorCode.Closed });
        Assert.Empty(_files.ListDirectories(TestStore.Directory));
        Assert.Null(Log.Failure);
        var log = _store.Open();
        Assert.Equal(0, log.EndOffset);
    }

    [Fact]
    public async Task Waits_OfManyThreads_EndExactlyOnceEach()
    {
        using var cancellation = new CancellationTokenSource();
        var waits = await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(async () =>
        {
            var ended = 0;
            for (var index = 0; index < 300; index++)
            {
                using var own = new CancellationTokenSource();
                var wait = Log.WaitUntilDurableAsync(Log.Append(TestBatch.OfSize(100)).EndOffset, own.Token);
                if (index % 7 == thread)
                {
                    await own.CancelAsync();
                }

                try
                {
                    await wait;
                    ended++;
                }
                catch (OperationCanceledException) when (own.IsCancellationRequested)
                {
                    ended++;
                }
            }

            return ended;
        })));

        Assert.Equal([300, 300, 300, 300], waits);
        Assert.Equal(1_200, Log.EndOffset);
    }

    private Task Wait(AppendedBatch appended) => Log.WaitUntilDurableAsync(appended.EndOffset, Cancelled).AsTask();

    private void HoldDisk() => _files.OnCall = call =>
    {
        if (call.Is(FaultCallKind.Sync, ".log"))
        {
            _syncs.Release();
            _disk.Wait(Cancelled);
            if (_failing)
            {
                throw FileErrors.FromError("sync", call.Path, 5, "Input/output error");
            }
        }
    };
}
