using Streams.Storage.Files;
using Streams.Storage.Tests.Faults;

namespace Streams.Storage.Tests.Crashes;

/// <summary>Drives one log on a disk whose power may go, and keeps the history of what was promised.</summary>
internal sealed class CrashRun(FaultFileSystem files, CrashHistory history, LogOptions options) : IAsyncDisposable
{
    private TestStore? _store;
    private SegmentedLog? _log;

    /// <summary>Gets or sets what is called when the log was opened.</summary>
    public Action? Opened { get; set; }

    /// <summary>Gets or sets what is called when records were acknowledged as durable.</summary>
    public Action? Acknowledged { get; set; }

    public FaultFileSystem Files => files;

    public CrashHistory History => history;

    public LogOptions Options => options;

    public TestStore Store => _store!;

    public SegmentedLog Log => _log!;

    private bool IsSafe => options.Durability is Durability.Fsync or Durability.FsyncEach;

    /// <summary>Opens the directory and the log.</summary>
    public void Open()
    {
        _store = new(files);
        Listen(_store.Open(options));
        Opened?.Invoke();
    }

    /// <summary>Appends a batch and waits for it.</summary>
    public async Task AppendAsync(params TestRecord[] records)
    {
        history.Send(Log.EndOffset, records);
        await AwaitAsync(Log.Append(TestBatch.Of(records)).EndOffset);
    }

    /// <summary>Appends batches without waiting in between, then waits for the last one.</summary>
    public async Task AppendTogetherAsync(int count, string key)
    {
        var end = 0L;
        for (var index = 0; index < count; index++)
        {
            var record = new TestRecord(key, $"together {Log.EndOffset}");
            history.Send(Log.EndOffset, [record]);
            end = Log.Append(TestBatch.Of(record)).EndOffset;
        }

        await AwaitAsync(end);
    }

    public void DeleteRecordsBefore(long offset)
    {
        history.WantStart(offset);
        Log.DeleteRecordsBefore(offset);
        history.PromiseStart(offset);
    }

    /// <summary>Closes the directory, which promises everything, and opens it again.</summary>
    public async Task ReopenAsync()
    {
        var end = Log.EndOffset;
        await Store.DisposeAsync();
        Assert.True(files.FileExists(FilePath.Join(TestStore.Directory, ".kafka_cleanshutdown")));
        history.Acknowledge(end);
        Open();
        Assert.True(Store.Store.WasCleanlyClosed);
        history.Verify(Log, history.Promises);
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }
    }

    private async Task AwaitAsync(long endOffset)
    {
        await Log.WaitUntilDurableAsync(endOffset, TestContext.Current.CancellationToken);
        if (IsSafe)
        {
            history.Acknowledge(endOffset);
            Acknowledged?.Invoke();
        }
    }

    private void Listen(SegmentedLog log)
    {
        _log = log;
        history.Open(log);
        log.HighWatermarkMoved += moved =>
        {
            if (IsSafe)
            {
                history.See(moved.HighWatermark);
            }
        };
    }
}
