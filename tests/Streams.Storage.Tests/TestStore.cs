using Microsoft.Extensions.Time.Testing;
using Streams.Storage.Files;

namespace Streams.Storage.Tests;

/// <summary>A data directory on some file system, which can be closed, left as a crash leaves it, and opened again.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    public const string Directory = "data";

    /// <summary>The partition of tests that need one only.</summary>
    public static readonly TopicPartition Partition = new("orders", 0);

    public static readonly Guid TopicId = new("11111111-2222-3333-4444-555555555555");

    private readonly Dictionary<TopicPartition, SegmentedLog> _logs = [];
    private LogStore _store;

    public TestStore(IFileSystem? files = null, string? path = null)
    {
        Files = files ?? new MemoryFileSystem();
        Path = path ?? Directory;
        Time.SetUtcNow(DateTimeOffset.UnixEpoch.AddYears(50));
        _store = LogStore.Open(Files, Path, Time, Loggers);
    }

    public IFileSystem Files { get; }

    public string Path { get; }

    public FakeTimeProvider Time { get; } = new();

    public TestLoggers Loggers { get; } = new();

    public LogStore Store => _store;

    public long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Options of a log with small segments, nothing of which ages.</summary>
    public static LogOptions Options(Durability durability = Durability.PageCache, int segmentBytes = 1_000) => new()
    {
        Durability = durability,
        SegmentBytesMax = segmentBytes,
        RetentionTime = null,
        IndexIntervalBytes = 100,
        SegmentAgeMax = TimeSpan.FromDays(100_000),
    };

    public SegmentedLog Open(LogOptions? options = null, TopicPartition? partition = null)
        => _logs[partition ?? Partition] = _store.OpenLog(partition ?? Partition, TopicId, options ?? Options());

    /// <summary>Returns the path of a file of the partition.</summary>
    public string PathOf(string name) => FilePath.Join(FilePath.Join(Path, Partition.ToString()), name);

    public IReadOnlyList<string> FilesOf(string suffix = "")
        => [.. Files.ListFiles(FilePath.Join(Path, Partition.ToString())).Where(name => name.EndsWith(suffix, StringComparison.Ordinal))];

    /// <summary>Closes the directory and opens it again, with the log of the partition.</summary>
    public async Task<SegmentedLog> ReopenAsync(LogOptions? options = null)
    {
        options ??= _logs[Partition].Options;
        await _store.DisposeAsync();
        _store = LogStore.Open(Files, Path, Time, Loggers);
        return Open(options);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
