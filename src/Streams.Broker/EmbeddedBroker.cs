using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Streams.Broker.Groups;
using Streams.Broker.Partitions;
using Streams.Broker.Topics;
using Streams.Storage;
using Streams.Storage.Files;

namespace Streams.Broker;

/// <summary>
/// The bundled broker in this process: topics, partitions, groups and their upkeep over one data directory. Owned by whoever made it;
/// started once, then thread-safe.
/// </summary>
internal sealed class EmbeddedBroker : IAsyncDisposable
{
    private const string MemoryDirectory = "memory";

    private readonly BrokerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger<EmbeddedBroker> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private LogStore? _store;
    private PartitionTable? _partitions;
    private TopicCatalog? _topics;
    private GroupCoordinator? _groups;
    private BrokerMaintenance? _maintenance;
    private Task _maintenanceLoop = Task.CompletedTask;
    private int _state;

    /// <summary>Initializes a new instance of the <see cref="EmbeddedBroker"/> class.</summary>
    /// <param name="options">How it behaves.</param>
    /// <param name="time">The clock of everything.</param>
    /// <param name="loggers">Where loggers come from.</param>
    public EmbeddedBroker(BrokerOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        _options = options;
        _time = time;
        _loggers = loggers;
        _logger = loggers.CreateLogger<EmbeddedBroker>();
    }

    /// <summary>Gets the topics.</summary>
    public TopicCatalog Topics => _topics ?? throw NotStarted();

    /// <summary>Gets the open partitions.</summary>
    public PartitionTable Partitions => _partitions ?? throw NotStarted();

    /// <summary>Gets the group coordinator.</summary>
    public GroupCoordinator Groups => _groups ?? throw NotStarted();

    /// <summary>Gets the upkeep, which runs by itself.</summary>
    public BrokerMaintenance Maintenance => _maintenance ?? throw NotStarted();

    /// <summary>Gets why a log takes no records any more (storage failed), or <see langword="null"/> while all are healthy.</summary>
    public Exception? Failure => _partitions?.All.Select(partition => partition.Log.Failure).FirstOrDefault(failure => failure is not null);

    /// <summary>Finds a partition.</summary>
    public bool TryGetPartition(TopicPartition name, [NotNullWhen(true)] out Partition? partition)
        => Partitions.TryGet(name, out partition);

    /// <summary>Opens the data directory, recovers it, loads topics and groups, and begins its upkeep.</summary>
    /// <param name="cancellationToken">Ends the waiting between two steps; the broker is closed then.</param>
    /// <exception cref="StreamsException">DirectoryInUse, ReadOnlyDirectory, Corrupt.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Invariant.Holds(Interlocked.Exchange(ref _state, 1) == 0, "A broker is started once.");
        try
        {
            // Recovery reads files; whoever starts the broker may be a thread that must not wait.
            await Task.Run(() => Open(cancellationToken), cancellationToken).ConfigureAwait(false);
            await FinishDeletionsAsync(cancellationToken).ConfigureAwait(false);
            await ResetOffsetsAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }

        _maintenanceLoop = Maintenance.RunAsync(_options.MaintenanceInterval, _time, _stopping.Token);
        BrokerLog.Started(_logger, _store!.Path, Topics.Topics.Count, Partitions.All.Count);
    }

    /// <summary>Deletes a topic with its records and with what groups have committed for it.</summary>
    /// <exception cref="StreamsException">UnknownTopicOrPartition, NotAllowed, or storage's: calling it again then goes on.</exception>
    public async Task DeleteTopicAsync(string name, CancellationToken cancellationToken)
    {
        await Task.Run(() => Topics.BeginDelete(name), cancellationToken).ConfigureAwait(false);
        await EndDeleteAsync(name).ConfigureAwait(false);
    }

    /// <summary>Makes everything durable, marks the shutdown as clean and gives the directory back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _state, 2) == 2)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        await _maintenanceLoop.ConfigureAwait(false);
        _groups?.Dispose();
        _partitions?.Close();
        if (_store is not null)
        {
            await _store.DisposeAsync().ConfigureAwait(false);
            BrokerLog.Stopped(_logger, _store.Path);
        }

        _stopping.Dispose();
    }

    private void Open(CancellationToken cancellationToken)
    {
        var files = _options.Files ?? (_options.IsInMemory ? new MemoryFileSystem() : PhysicalFileSystem.Instance);
        _store = LogStore.Open(files, _options.DataPath ?? MemoryDirectory, _time, _loggers);
        if (!_store.WasCleanlyClosed)
        {
            BrokerLog.Unclean(_logger, _store.Path);
        }

        cancellationToken.ThrowIfCancellationRequested();
        _partitions = new(_store);
        _topics = new(_store.Files, _store.Path, CatalogOptions(), _partitions, _loggers.CreateLogger<TopicCatalog>());
        _topics.Load(_store.Partitions);
        var offsets = _topics.EnsureConsumerOffsets();

        cancellationToken.ThrowIfCancellationRequested();
        var groups = new GroupCoordinator(
            new BrokerGroupLog(offsets, _partitions, _time),
            new BrokerGroupTopics(_topics),
            new()
            {
                OffsetsRetention = _options.OffsetsRetention,
                InitialRebalanceDelay = GroupCoordinatorDefaults.EmbeddedInitialRebalanceDelay,
            },
            _time,
            _loggers.CreateLogger<GroupCoordinator>());
        _groups = groups;
        groups.Load();
        _maintenance = new(_partitions, groups, _options.RetentionWaitsForGroups, _loggers.CreateLogger<BrokerMaintenance>());
    }

    private TopicCatalogOptions CatalogOptions() => new()
    {
        DefaultPartitions = _options.DefaultPartitions,
        OffsetsPartitions = _options.OffsetsPartitions
            ?? (_options.IsInMemory ? BrokerDefaults.MemoryOffsetsPartitions : BrokerDefaults.OffsetsPartitions),
        DefaultDurability = _options.DefaultDurability ?? (_options.IsInMemory ? Durability.Memory : Durability.Fsync),
        IsInMemory = _options.IsInMemory,
    };

    private async Task FinishDeletionsAsync(CancellationToken cancellationToken)
    {
        foreach (var topic in Topics.Deleting)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await EndDeleteAsync(topic.Name).ConfigureAwait(false);
            BrokerLog.DeletionFinished(_logger, topic.Name);
        }
    }

    // Not cancellable: the offsets go before the name is free, so that a new topic of that name does not begin where the old one ended.
    private async Task EndDeleteAsync(string name)
    {
        await Groups.DeleteTopicOffsetsAsync(name, CancellationToken.None).ConfigureAwait(false);
        await Task.Run(() => Topics.EndDelete(name)).ConfigureAwait(false);
    }

    // A power cut may take records that were not promised to survive it, but not the offsets committed past them: without this a group
    // would
    // skip as many new records. Before the first append, because afterwards nobody can tell the new records from the lost ones.
    private async Task ResetOffsetsAsync(CancellationToken cancellationToken)
    {
        foreach (var name in Groups.LowestCommittedOffsets().Keys)
        {
            if (Partitions.TryGet(name, out var partition))
            {
                var end = partition.Log.EndOffset;
                var count = await Groups.ResetOffsetsAboveAsync(name, end, cancellationToken).ConfigureAwait(false);
                if (count > 0)
                {
                    BrokerLog.OffsetsReset(_logger, name, end, count);
                }
            }
        }
    }

    private static StreamsException NotStarted()
        => new("The broker is not started yet. Await StartAsync first.") { Code = StreamsErrorCode.NotAllowed };
}
