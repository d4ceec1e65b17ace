using Microsoft.Extensions.Logging.Testing;
using Streams.Broker.Topics;
using Streams.Storage;
using Streams.Storage.Files;

namespace Streams.Broker.Tests.Topics;

public sealed class TopicCatalogTests
{
    private readonly MemoryFileSystem _memory = new();
    private readonly FaultyFileSystem _files;
    private readonly RecordingLogs _logs = new();
    private readonly FakeLogger<TopicCatalog> _logger = new();

    public TopicCatalogTests()
    {
        _memory.CreateDirectory("data");
        _files = new(_memory);
    }

    [Fact]
    public void Create_WithDefaults_TakesThoseOfTheBroker()
    {
        var topic = Load().Create(new("orders"));

        Assert.Equal((3, Durability.Fsync, false), (topic.PartitionCount, topic.Log.Durability, topic.IsInternal));
        Assert.Equal(["orders-0", "orders-1", "orders-2"], _logs.Open);
        Assert.Empty(topic.Describe().Settings);
    }

    [Fact]
    public void Create_WithSettings_KeepsThemOverARestart()
    {
        var topic = Load().Create(new("orders")
        {
            Partitions = 2,
            Settings = new Dictionary<string, string> { ["streams.durability"] = "PageCache", ["cleanup.policy"] = "compact" },
        });

        var again = Load().Get("orders");

        Assert.Equivalent(topic.Describe(), again.Describe(), strict: true);
        Assert.Equal(topic.Log, again.Log);
        Assert.True(again.Log is { Compact: true, Delete: false, Durability: Durability.PageCache });
    }

    [Fact]
    public void Create_OfATopicThatExists_IsRefused()
    {
        var catalog = Load();
        catalog.Create(new("orders"));

        Assert.Equal(StreamsErrorCode.TopicAlreadyExists, CodeOf(() => catalog.Create(new("orders"))));
    }

    [Fact]
    public void Create_OfANameThatCollidesWithAnother_IsRefused()
    {
        var catalog = Load();
        catalog.Create(new("orders.eu"));

        var error = Assert.Throws<StreamsException>(() => catalog.Create(new("orders_eu")));

        Assert.Equal(StreamsErrorCode.InvalidTopic, error.Code);
        Assert.Contains("'orders.eu'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10_001)]
    public void Create_WithABadPartitionCount_NamesTheBounds(int partitions)
    {
        var error = Assert.Throws<StreamsException>(() => Load().Create(new("orders") { Partitions = partitions }));

        Assert.Equal(StreamsErrorCode.InvalidPartitions, error.Code);
        Assert.Contains("1 to 10000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WhenItIsRefused_LeavesNothing()
    {
        var catalog = Load();

        Assert.Throws<StreamsException>(() => catalog.Create(new("a b")));
        Assert.Throws<StreamsException>(() => catalog.Create(new("orders") { Settings = new Dictionary<string, string> { ["x"] = "y" } }));

        Assert.Empty(catalog.Topics);
        Assert.Empty(_logs.Open);
        Assert.Empty(Load().Topics);
    }

    [Fact]
    public void InternalTopics_CannotBeCreatedDeletedOrChangedByUsers()
    {
        var catalog = Load();
        var offsets = catalog.EnsureConsumerOffsets();

        Assert.Equal((4, true, true, Durability.Fsync), (offsets.PartitionCount, offsets.IsInternal, offsets.Log.Compact,
            offsets.Log.Durability));
        Assert.Equal(100 * 1024 * 1024, offsets.Log.SegmentBytesMax);
        Assert.Equal(StreamsErrorCode.NotAllowed, CodeOf(() => catalog.Create(new("__transaction_state"))));
        Assert.Equal(StreamsErrorCode.NotAllowed, CodeOf(() => catalog.BeginDelete("__consumer_offsets")));
        Assert.Equal(StreamsErrorCode.NotAllowed, CodeOf(() => catalog.AddPartitions("__consumer_offsets", 100)));
        Assert.Equal(StreamsErrorCode.NotAllowed, CodeOf(() => catalog.Configure("__consumer_offsets", new Dictionary<string, string?>())));
        Assert.Equal(offsets.Id, Load().EnsureConsumerOffsets().Id);
    }

    [Fact]
    public void Create_InMemory_IsNeverMoreThanMemory()
    {
        var catalog = new TopicCatalog(_files, "data", TestLogs.Options(Durability.Memory) with { IsInMemory = true }, _logs, _logger);
        catalog.Load([]);

        var topic = catalog.Create(new("orders") { Settings = new Dictionary<string, string> { ["streams.durability"] = "Fsync" } });

        Assert.Equal((Durability.Memory, Durability.Memory), (topic.Log.Durability, catalog.EnsureConsumerOffsets().Log.Durability));
        Assert.Equal("Fsync", topic.Settings["streams.durability"]);
    }

    [Fact]
    public void AddPartitions_ToMore_OpensTheNewOnesAndTells()
    {
        var catalog = Load();
        catalog.Create(new("orders") { Partitions = 2 });
        var told = 0;
        using var subscription = catalog.OnChanged(() => told++);

        catalog.AddPartitions("orders", 4);

        Assert.Equal((4, 1), (catalog.Get("orders").PartitionCount, told));
        Assert.Equal(["orders-0", "orders-1", "orders-2", "orders-3"], _logs.Open);
        Assert.Equal(4, Load().Get("orders").PartitionCount);
        Assert.Equal(StreamsErrorCode.InvalidPartitions, CodeOf(() => catalog.AddPartitions("orders", 4)));
        Assert.Equal(StreamsErrorCode.UnknownTopicOrPartition, CodeOf(() => catalog.AddPartitions("other", 4)));
    }

    [Fact]
    public void Configure_ChangesAndTakesBack_AndReachesTheLogs()
    {
        var catalog = Load();
        catalog.Create(new("orders") { Settings = new Dictionary<string, string> { ["retention.ms"] = "1000", ["segment.ms"] = "5" } });

        catalog.Configure("orders", new Dictionary<string, string?> { ["retention.ms"] = null, ["retention.bytes"] = "77" });

        var topic = Load().Get("orders");
        Assert.Equal(new Dictionary<string, string> { ["segment.ms"] = "5", ["retention.bytes"] = "77" }, topic.Settings);
        Assert.Equal((TimeSpan.FromDays(7), 77L), (topic.Log.RetentionTime, topic.Log.RetentionBytes));
        Assert.Equal([topic.Log], _logs.Configured);
    }

    [Theory]
    [InlineData("retention.ms", "x")]
    [InlineData("retention.days", "1")]
    [InlineData("retention.days", null)]
    public void Configure_OfSomethingBad_ChangesNothing(string name, string? value)
    {
        var catalog = Load();
        catalog.Create(new("orders"));

        Assert.Equal(
            StreamsErrorCode.InvalidConfiguration,
            CodeOf(() => catalog.Configure("orders", new Dictionary<string, string?> { ["segment.ms"] = "5", [name] = value })));

        Assert.Empty(catalog.Get("orders").Settings);
        Assert.Empty(_logs.Configured);
    }

    [Fact]
    public void Delete_FreesTheNameOnlyWhenItIsFinished()
    {
        var catalog = Load();
        var old = catalog.Create(new("orders"));

        catalog.BeginDelete("orders");

        Assert.Null(catalog.Find("orders"));
        Assert.Empty(_logs.Open);
        Assert.Contains("still being deleted", Assert.Throws<StreamsException>(()
            => catalog.Create(new("orders"))).Message, StringComparison.Ordinal);
        catalog.EndDelete("orders");
        Assert.NotEqual(old.Id, catalog.Create(new("orders")).Id);
    }

    [Fact]
    public void Load_AfterADeletionThatWasNotFinished_FinishesIt()
    {
        var catalog = Load();
        catalog.Create(new("orders"));
        catalog.BeginDelete("orders");
        _logs.Open.Add("orders-1");

        var again = Load();

        Assert.Empty(again.Topics);
        Assert.Equal(["orders"], again.Deleting.Select(topic => topic.Name));
        Assert.Empty(_logs.Open);
        again.EndDelete("orders");
        Assert.Empty(Load().Deleting);
    }

    [Fact]
    public void BeginDelete_WhenTheLogsCannotBeDeleted_CanBeCalledAgain()
    {
        var catalog = Load();
        catalog.Create(new("orders"));
        _logs.Failure = new("the disk is gone") { Code = StreamsErrorCode.StorageFailed };

        Assert.Equal(StreamsErrorCode.StorageFailed, CodeOf(() => catalog.BeginDelete("orders")));
        _logs.Failure = null;
        catalog.BeginDelete("orders");

        Assert.Empty(_logs.Open);
    }

    [Fact]
    public void Create_WhenTheLogsCannotBeMade_IsUndone()
    {
        var catalog = Load();
        _logs.FailsOnOpen = new("the disk is full") { Code = StreamsErrorCode.DiskFull };

        Assert.Equal(StreamsErrorCode.DiskFull, CodeOf(() => catalog.Create(new("orders"))));
        _logs.FailsOnOpen = null;

        Assert.Null(catalog.Find("orders"));
        Assert.Empty(Load().Topics);
        catalog.Create(new("orders"));
    }

    [Fact]
    public void AddPartitions_WhenTheLogsCannotBeMade_IsUndone()
    {
        var catalog = Load();
        catalog.Create(new("orders") { Partitions = 1 });
        _logs.FailsOnOpen = new("the disk is full") { Code = StreamsErrorCode.DiskFull };

        Assert.Equal(StreamsErrorCode.DiskFull, CodeOf(() => catalog.AddPartitions("orders", 3)));
        _logs.FailsOnOpen = null;

        Assert.Equal((1, 1), (catalog.Get("orders").PartitionCount, Load().Get("orders").PartitionCount));
        Assert.Equal(["orders-0"], _logs.Open);
    }

    // The process dies at every change of a file in turn, while a topic is created, grows, is configured and is deleted. The next
    // start must
    // find either the state before or the state after the step that was interrupted, with logs for exactly the topics there are.
    [Fact]
    public void EveryStep_WhenTheProcessDiesInTheMiddle_IsFinishedOrUndoneByTheNextStart()
    {
        var reached = 0;
        for (var dieAt = 1; reached == 0; dieAt++)
        {
            var files = new FaultyFileSystem(new MemoryFileSystem());
            files.CreateDirectory("data");
            var logs = new RecordingLogs();
            var catalog = new TopicCatalog(files, "data", TestLogs.Options(Durability.Fsync), logs, _logger);
            catalog.Load([]);
            var changes = 0;
            var death = dieAt;
            files.OnChange = (_, _) => Step();
            logs.OnChange = Step;
            try
            {
                catalog.Create(new("orders") { Partitions = 1 });
                catalog.AddPartitions("orders", 2);
                catalog.Configure("orders", new Dictionary<string, string?> { ["segment.ms"] = "5" });
                catalog.BeginDelete("orders");
                catalog.EndDelete("orders");
                reached = dieAt;
            }
            catch (ProcessDied)
            {
                // The point of the test: what comes next starts from what was left behind.
            }

            files.OnChange = null;
            logs.OnChange = null;
            var again = new TopicCatalog(files, "data", TestLogs.Options(Durability.Fsync), logs, _logger);
            again.Load([.. logs.Open.Select(name => new StoredPartition(new("orders", name[^1] - '0'), Guid.Empty))]);

            var expected = again.Find("orders") is { } topic ? topic.Partitions.Select(partition => partition.ToString()) : [];
            Assert.Equal(expected, logs.Open);

            void Step()
            {
                // Dead is dead: nothing may happen after it either, such as an attempt to undo.
                if (++changes >= death)
                {
                    throw new ProcessDied();
                }
            }
        }

        Assert.True(reached > 15, $"Only {reached} changes: the test does not die often enough.");
    }

    [Fact]
    public void Load_WithoutACheckpoint_ReadsTopicsFromTheirFoldersAndDeletesNothing()
    {
        var id = Guid.NewGuid();

        var catalog = Load(
            new(new("orders", 0), Guid.Empty), new(new("orders", 4), id), new(new("__consumer_offsets", 2), Guid.NewGuid()));

        var topic = catalog.Get("orders");
        Assert.Equal((5, id), (topic.PartitionCount, topic.Id));
        Assert.Null(topic.Log.RetentionTime);
        Assert.True(catalog.Get("__consumer_offsets") is { PartitionCount: 4, Log.Compact: true });
        Assert.Contains(_logger.Collector.GetSnapshot(), entry => entry.Id.Id == 4503);
        Assert.Equal(2, _logger.Collector.GetSnapshot().Count(entry => entry.Id.Id == 4504));
        Assert.Equal(2, Load().Topics.Count);
    }

    [Fact]
    public void Load_WithFoldersOfDifferentTopicsUnderOneName_IsRefused()
        => Assert.Equal(
            StreamsErrorCode.Corrupt,
            CodeOf(() => Load(new(new("orders", 0), Guid.NewGuid()), new(new("orders", 1), Guid.NewGuid()))));

    [Fact]
    public void Load_WithFoldersTheCheckpointDoesNotKnow_AdoptsThem()
    {
        var catalog = Load();
        catalog.Create(new("orders") { Partitions = 1 });

        var again = Load(new(new("orders", 0), Guid.Empty), new(new("orders", 2), Guid.Empty), new(new("restored", 0), Guid.Empty));

        Assert.Equal(3, again.Get("orders").PartitionCount);
        Assert.Equal(1, again.Get("restored").PartitionCount);
        Assert.Contains(_logger.Collector.GetSnapshot(), entry => entry.Id.Id == 4505);
    }

    [Fact]
    public void OnChanged_WhenDisposed_IsToldNoMore()
    {
        var catalog = Load();
        var told = 0;
        var subscription = catalog.OnChanged(() => told++);

        catalog.Create(new("a"));
        subscription.Dispose();
        subscription.Dispose();
        catalog.Create(new("b"));

        Assert.Equal(1, told);
    }

    private static StreamsErrorCode CodeOf(Action action) => Assert.Throws<StreamsException>(action).Code;

    private TopicCatalog Load(params StoredPartition[] found)
    {
        var catalog = new TopicCatalog(_files, "data", TestLogs.Options(Durability.Fsync), _logs, _logger);
        catalog.Load(found);
        return catalog;
    }

    private sealed class ProcessDied : Exception;

    private sealed class RecordingLogs : ITopicLogs
    {
        public SortedSet<string> Open { get; } = new(StringComparer.Ordinal);

        public List<LogOptions> Configured { get; } = [];

        public StreamsException? Failure { get; set; }

        public StreamsException? FailsOnOpen { get; set; }

        public Action? OnChange { get; set; }

        void ITopicLogs.Open(Topic topic, int firstPartition)
        {
            foreach (var partition in topic.PartitionsFrom(firstPartition))
            {
                Announce();
                Open.Add(partition.ToString());
                if (FailsOnOpen is not null)
                {
                    throw FailsOnOpen;
                }
            }
        }

        public void Reconfigure(Topic topic) => Configured.Add(topic.Log);

        public void Delete(Topic topic, int firstPartition)
        {
            foreach (var partition in topic.PartitionsFrom(firstPartition))
            {
                Announce();
                if (Failure is not null)
                {
                    throw Failure;
                }

                Open.Remove(partition.ToString());
            }
        }

        private void Announce() => OnChange?.Invoke();
    }
}
