using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Streams.Broker.Partitions;
using Streams.Broker.Topics;
using Streams.Storage;
using Streams.Storage.Files;

namespace Streams.Broker.Tests;

/// <summary>A data directory with topics and partitions and nothing above them.</summary>
internal sealed class TestLogs : IAsyncDisposable
{
    public const string Directory = "data";

    private TestLogs(IFileSystem files, TimeProvider time, TopicCatalogOptions options, ILoggerFactory loggers)
    {
        Files = files;
        Time = time;
        Store = LogStore.Open(files, Directory, time, loggers);
        Partitions = new(Store);
        Topics = new(files, Directory, options, Partitions, loggers.CreateLogger<TopicCatalog>());
        Topics.Load(Store.Partitions);
    }

    public IFileSystem Files { get; }

    public TimeProvider Time { get; }

    public LogStore Store { get; }

    public PartitionTable Partitions { get; }

    public TopicCatalog Topics { get; }

    public static TopicCatalogOptions Options(Durability durability) => new()
    {
        DefaultPartitions = 3,
        OffsetsPartitions = 4,
        DefaultDurability = durability,
        IsInMemory = false,
    };

    public static TestLogs Open(
        IFileSystem? files = null, TimeProvider? time = null, Durability durability = Durability.PageCache, ILoggerFactory? loggers = null)
        => new(files ?? new MemoryFileSystem(), time ?? new FakeTimeProvider(), Options(durability), loggers ?? NullLoggerFactory.Instance);

    /// <summary>Creates a topic of one partition and returns that.</summary>
    public Partition Create(string topic, params (string Name, string Value)[] settings)
    {
        Topics.Create(new(topic) { Partitions = 1, Settings = settings.ToDictionary(setting => setting.Name, setting => setting.Value) });
        return Partitions.Get(new(topic, 0));
    }

    public async ValueTask DisposeAsync()
    {
        Partitions.Close();
        await Store.DisposeAsync();
    }
}
