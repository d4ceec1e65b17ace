using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Streams.Storage;
using Streams.Storage.Files;

namespace Streams.Broker.Topics;

/// <summary>
/// All topics of a data directory. Thread-safe: readers see an immutable picture, changes come one at a time. What a crash leaves half done:
/// <list type="bullet">
/// <item>a topic is created, and gets partitions, in the checkpoint first, then as logs. A start makes the logs that are missing; nothing
/// was acknowledged into them yet;</item>
/// <item>a topic is deleted by a mark in the checkpoint first, then its logs and its groups' offsets go, then the mark. A start finishes what
/// is marked, so neither folders nor old offsets ever come back under the same name;</item>
/// <item>folders that no checkpoint knows are adopted, never deleted: somebody put them there.</item>
/// </list>
/// </summary>
internal sealed class TopicCatalog
{
    private readonly Lock _gate = new();
    private readonly TopicCatalogOptions _options;
    private readonly TopicCheckpoint _checkpoint;
    private readonly ITopicLogs _logs;
    private readonly ILogger<TopicCatalog> _logger;
    private readonly Func<Guid> _newId;
    private volatile ImmutableSortedDictionary<string, Topic> _topics = ImmutableSortedDictionary.Create<string,
        Topic>(StringComparer.Ordinal);
    private ImmutableDictionary<string, Topic> _deleting = ImmutableDictionary<string, Topic>.Empty;
    private ImmutableArray<Action> _subscribers = [];

    /// <summary>Initializes a new instance of the <see cref="TopicCatalog"/> class.</summary>
    /// <param name="files">Where the checkpoint lies.</param>
    /// <param name="directory">The data directory.</param>
    /// <param name="options">What topics take that do not say.</param>
    /// <param name="logs">The logs of the topics.</param>
    /// <param name="logger">The log.</param>
    /// <param name="newId">Makes topic ids; <see langword="null"/> takes random ones.</param>
    public TopicCatalog(
        IFileSystem files, string directory, TopicCatalogOptions options, ITopicLogs logs, ILogger<TopicCatalog> logger,
            Func<Guid>? newId = null)
    {
        _options = options;
        _checkpoint = new(files, Path.Combine(directory, TopicCheckpoint.FileName));
        _logs = logs;
        _logger = logger;
        _newId = newId ?? Guid.NewGuid;
    }

    /// <summary>Gets all topics by name.</summary>
    public ImmutableSortedDictionary<string, Topic> Topics => _topics;

    /// <summary>Gets the topics whose deletion is not finished.</summary>
    public IReadOnlyCollection<Topic> Deleting
    {
        get
        {
            lock (_gate)
            {
                return [.. _deleting.Values];
            }
        }
    }

    /// <summary>Returns a topic, or <see langword="null"/>.</summary>
    public Topic? Find(string name) => _topics.GetValueOrDefault(name);

    /// <summary>Returns a topic.</summary>
    /// <exception cref="StreamsException">UnknownTopicOrPartition.</exception>
    public Topic Get(string name)
        => Find(name) ?? throw new StreamsException($"There is no topic '{name}'. Create it first, or check the name.")
        {
            Code = StreamsErrorCode.UnknownTopicOrPartition,
        };

    /// <summary>Reads the checkpoint and what lies on disk, makes logs that are missing, deletes those of topics marked for it. Called once.</summary>
    /// <param name="found">The partitions found on disk.</param>
    public void Load(IReadOnlyList<StoredPartition> found)
    {
        lock (_gate)
        {
            var model = _checkpoint.Read();
            if (model is null && found.Count > 0)
            {
                TopicCatalogLog.CheckpointMissing(_logger, found.Count);
            }

            _deleting = (model?.Deleting ?? []).Select(ToTopic).ToImmutableDictionary(topic => topic.Name, StringComparer.Ordinal);
            var known = (model?.Topics ?? []).Select(ToTopic).ToImmutableSortedDictionary(topic => topic.Name, topic
                => topic, StringComparer.Ordinal);
            var topics = Adopt(known, found);
            if (model is null || topics != known)
            {
                WriteCheckpoint(topics, _deleting);
            }

            foreach (var topic in _deleting.Values)
            {
                _logs.Delete(topic, 0);
            }

            foreach (var topic in topics.Values)
            {
                _logs.Open(topic, 0);
            }

            _topics = topics;
        }
    }

    /// <summary>Creates a topic; it takes records when this returns.</summary>
    /// <exception cref="StreamsException">InvalidTopic, NotAllowed, TopicAlreadyExists, InvalidPartitions, InvalidConfiguration, or storage's.</exception>
    public Topic Create(TopicSpecification specification)
    {
        TopicNames.Check(specification.Name);
        RefuseInternal(specification.Name, "created");
        return Create(
            specification.Name,
            specification.Partitions ?? _options.DefaultPartitions,
            specification.Settings.ToImmutableSortedDictionary(setting => setting.Key, setting => setting.Value, StringComparer.Ordinal));
    }

    /// <summary>Returns <c>__consumer_offsets</c>, which is created where it is missing.</summary>
    public Topic EnsureConsumerOffsets()
        => Find(TopicNames.ConsumerOffsets)
            ?? Create(TopicNames.ConsumerOffsets, _options.OffsetsPartitions, InternalSettings(TopicNames.ConsumerOffsets));

    /// <summary>Adds partitions up to a count.</summary>
    /// <exception cref="StreamsException">UnknownTopicOrPartition, NotAllowed, InvalidPartitions, or storage's.</exception>
    public void AddPartitions(string name, int partitionCount)
    {
        RefuseInternal(name, "given more partitions");
        lock (_gate)
        {
            var topic = Get(name);
            CheckPartitions(name, partitionCount, topic.PartitionCount + 1);
            var larger = topic with { PartitionCount = partitionCount };
            var before = _topics;
            WriteCheckpoint(before.SetItem(name, larger), _deleting);
            OpenOrUndo(larger, topic.PartitionCount, before, _deleting);
            _topics = before.SetItem(name, larger);
            TopicCatalogLog.PartitionsAdded(_logger, name, topic.PartitionCount, partitionCount);
        }

        TellSubscribers();
    }

    /// <summary>Changes settings; a null value takes the default again.</summary>
    /// <exception cref="StreamsException">UnknownTopicOrPartition, NotAllowed, InvalidConfiguration, or storage's.</exception>
    public void Configure(string name, IReadOnlyDictionary<string, string?> changes)
    {
        RefuseInternal(name, "configured");
        lock (_gate)
        {
            var topic = Get(name);

            // A setting nobody knows is refused also where it is only taken back.
            TopicSettings.CheckNames(name, changes.Keys);
            var settings = topic.Settings
                .SetItems(changes.Where(change => change.Value is not null).Select(change
                    => KeyValuePair.Create(change.Key, change.Value!.Trim())))
                .RemoveRange(changes.Where(change => change.Value is null).Select(change => change.Key));
            var changed = topic with { Settings = settings, Log = ToLog(name, settings) };
            var topics = _topics.SetItem(name, changed);
            WriteCheckpoint(topics, _deleting);
            _topics = topics;
            _logs.Reconfigure(changed);
        }
    }

    /// <summary>Marks a topic as deleted and deletes its logs; its name is free again after <see cref="EndDelete"/>. Calling it again for a topic
    /// whose deletion failed half way goes on with it; so does the next start.</summary>
    /// <exception cref="StreamsException">UnknownTopicOrPartition, NotAllowed, or storage's.</exception>
    public void BeginDelete(string name)
    {
        RefuseInternal(name, "deleted");
        lock (_gate)
        {
            var topic = _deleting.GetValueOrDefault(name) ?? Get(name);
            var deleting = _deleting.SetItem(name, topic);
            var topics = _topics.Remove(name);
            WriteCheckpoint(topics, deleting);
            (_topics, _deleting) = (topics, deleting);
            TopicCatalogLog.TopicDeleted(_logger, name, TopicIds.Format(topic.Id), topic.PartitionCount);
            _logs.Delete(topic, 0);
        }

        TellSubscribers();
    }

    /// <summary>Forgets a topic that <see cref="BeginDelete"/> has marked, once its groups' offsets are gone too.</summary>
    public void EndDelete(string name)
    {
        lock (_gate)
        {
            var deleting = _deleting.Remove(name);
            WriteCheckpoint(_topics, deleting);
            _deleting = deleting;
        }
    }

    /// <summary>Calls back after topics were created, deleted or given partitions, on the thread that did it.</summary>
    /// <returns>Ends the calls when disposed.</returns>
    public IDisposable OnChanged(Action changed)
    {
        ImmutableInterlocked.Update(ref _subscribers, static (all, one) => all.Add(one), changed);
        return new TopicSubscription(() => ImmutableInterlocked.Update(ref _subscribers, static (all, one) => all.Remove(one), changed));
    }

    private Topic Create(string name, int partitionCount, ImmutableSortedDictionary<string, string> settings)
    {
        CheckPartitions(name, partitionCount, 1);
        var log = ToLog(name, settings);
        Topic topic;
        lock (_gate)
        {
            RefuseTaken(name);
            topic = new Topic(name, TopicIds.Create(_newId), partitionCount, settings, log);
            var before = _topics;
            WriteCheckpoint(before.Add(name, topic), _deleting);
            OpenOrUndo(topic, 0, before, _deleting);
            _topics = before.Add(name, topic);
            TopicCatalogLog.TopicCreated(_logger, name, TopicIds.Format(topic.Id), partitionCount);
        }

        TellSubscribers();
        return topic;
    }

    // The checkpoint knows the topic already. Where its logs cannot be made, both go back; where that fails too (the disk is full),
    // the next start
    // makes the missing logs: an empty topic then stands there that the caller was told had failed, and creating it again says so.
    private void OpenOrUndo(
        Topic topic, int firstPartition, ImmutableSortedDictionary<string, Topic> before, ImmutableDictionary<string, Topic> deleting)
    {
        try
        {
            _logs.Open(topic, firstPartition);
        }
        catch (StreamsException)
        {
            try
            {
                _logs.Delete(topic, firstPartition);
                WriteCheckpoint(before, deleting);
            }
            catch (StreamsException undo)
            {
                TopicCatalogLog.UndoFailed(_logger, undo, topic.Name);
            }

            throw;
        }
    }

    private ImmutableSortedDictionary<string, Topic> Adopt(ImmutableSortedDictionary<string, Topic> known,
        IReadOnlyList<StoredPartition> found)
    {
        foreach (var folders in found.GroupBy(partition => partition.Name.Topic, StringComparer.Ordinal))
        {
            var partitionCount = folders.Max(folder => folder.Name.Partition) + 1;
            if (_deleting.ContainsKey(folders.Key))
            {
                continue;
            }

            if (known.TryGetValue(folders.Key, out var topic))
            {
                if (partitionCount > topic.PartitionCount)
                {
                    TopicCatalogLog.PartitionsAdopted(_logger, topic.Name, topic.PartitionCount, partitionCount);
                    known = known.SetItem(topic.Name, topic with { PartitionCount = partitionCount });
                }
            }
            else
            {
                known = known.Add(folders.Key, AdoptTopic(folders.Key, partitionCount, [.. folders]));
            }
        }

        return known;
    }

    private Topic AdoptTopic(string name, int partitionCount, StoredPartition[] folders)
    {
        var ids = folders.Select(folder => folder.TopicId).Where(id => id != Guid.Empty).Distinct().ToArray();
        if (ids.Length > 1)
        {
            throw new StreamsException(
                $"The folders of topic '{name}' belong to different topics ({string.Join(", ", ids.Select(TopicIds.Format))}). "
                + "Move those that do not belong here out of the data directory.")
            {
                Code = StreamsErrorCode.Corrupt,
            };
        }

        // Which settings it had is lost with the checkpoint: nothing may be deleted by a default that was not meant.
        var settings = TopicNames.IsInternal(name)
            ? InternalSettings(name)
            : ImmutableSortedDictionary<string, string>.Empty.Add(TopicSettings.RetentionTime, "-1");
        if (name == TopicNames.ConsumerOffsets)
        {
            // Its logs are made when first written to, so the folders may not show how many partitions it has.
            partitionCount = Math.Max(partitionCount, _options.OffsetsPartitions);
        }

        TopicCatalogLog.TopicAdopted(_logger, name, partitionCount);
        return new(name, ids.Length == 1 ? ids[0] : TopicIds.Create(_newId), partitionCount, settings, ToLog(name, settings));
    }

    private static ImmutableSortedDictionary<string, string> InternalSettings(string name)
        => ImmutableSortedDictionary<string, string>.Empty
            .Add(TopicSettings.CleanupPolicy, "compact")
            .Add(TopicSettings.SegmentBytes, TopicDefaults.InternalSegmentBytesText);

    private static void RefuseInternal(string name, string what)
    {
        if (TopicNames.IsInternal(name))
        {
            throw new StreamsException($"Topic '{name}' is the broker's own and cannot be {what}.") { Code = StreamsErrorCode.NotAllowed };
        }
    }

    private void RefuseTaken(string name)
    {
        if (_topics.ContainsKey(name) || _deleting.ContainsKey(name))
        {
            var state = _deleting.ContainsKey(name) ? "is still being deleted; try again later" : "exists already";
            throw new StreamsException($"Topic '{name}' {state}.") { Code = StreamsErrorCode.TopicAlreadyExists };
        }

        if (_topics.Keys.FirstOrDefault(other => TopicNames.Collide(name, other)) is { } other)
        {
            throw new StreamsException(
                $"Topic name '{name}' collides with topic '{other}': names that differ in '.' and '_' only are one and the same in "
                + "metrics.")
            {
                Code = StreamsErrorCode.InvalidTopic,
            };
        }
    }

    private static void CheckPartitions(string name, int partitionCount, int min)
    {
        if (partitionCount < min || partitionCount > TopicLimits.PartitionsMax)
        {
            throw new StreamsException(
                $"Topic '{name}' cannot have {partitionCount} partitions: allowed are {min} to {TopicLimits.PartitionsMax}"
                + $"{(min > 1 ? ", because partitions can be added only" : "")}.")
            {
                Code = StreamsErrorCode.InvalidPartitions,
            };
        }
    }

    private Topic ToTopic(TopicCheckpointEntry entry)
    {
        var settings = entry.Settings.ToImmutableSortedDictionary(setting => setting.Key, setting => setting.Value, StringComparer.Ordinal);
        return new(entry.Name, entry.Id, entry.Partitions, settings, ToLog(entry.Name, settings));
    }

    private LogOptions ToLog(string name, IReadOnlyDictionary<string, string> settings)
    {
        var log = TopicSettings.Apply(name, settings, _options.LogDefaults(name));
        return _options.IsInMemory ? log with { Durability = Durability.Memory } : log;
    }

    private void WriteCheckpoint(ImmutableSortedDictionary<string, Topic> topics, ImmutableDictionary<string, Topic> deleting)
    {
        _checkpoint.Write(new([.. topics.Values.Select(ToEntry)], [.. deleting.Values.Select(ToEntry)]));

        static TopicCheckpointEntry ToEntry(Topic topic) => new(topic.Name, topic.Id, topic.PartitionCount, topic.Settings);
    }

    private void TellSubscribers()
    {
        foreach (var subscriber in _subscribers)
        {
            subscriber();
        }
    }
}
