using Microsoft.Extensions.Logging;
using Streams.Broker.Groups.Requests;

namespace Streams.Broker.Groups;

/// <summary>
/// The coordinator of all groups: Kafka's classic protocol and the committed offsets. Thread-safe. Each partition of
/// <c>__consumer_offsets</c> is a shard with one owner; what a restart must know changes only by replaying the records a shard wrote.
/// </summary>
internal sealed class GroupCoordinator : IDisposable
{
    private readonly IGroupTopics _topics;
    private readonly ILogger<GroupCoordinator> _logger;
    private readonly CoordinatorShard[] _shards;
    private volatile bool _isLoaded;

    /// <summary>Initializes a new instance of the <see cref="GroupCoordinator"/> class.</summary>
    /// <param name="log">Where the records go.</param>
    /// <param name="topics">What topics there are.</param>
    /// <param name="options">How it behaves.</param>
    /// <param name="time">The clock of all timers.</param>
    /// <param name="logger">The log.</param>
    /// <param name="newId">Makes the unique part of member ids, thread-safe; <see langword="null"/> takes random ones.</param>
    public GroupCoordinator(
        IGroupLog log,
        IGroupTopics topics,
        GroupCoordinatorOptions options,
        TimeProvider time,
        ILogger<GroupCoordinator> logger,
        Func<Guid>? newId = null)
    {
        _topics = topics;
        _logger = logger;
        _shards = [.. Enumerable.Range(0, log.PartitionCount)
            .Select(partition => new CoordinatorShard(partition, log, options, time, logger, newId ?? Guid.NewGuid))];
    }

    /// <summary>Reads all records and starts the session timers of the members found. Until it returns, requests are answered with CoordinatorLoadInProgress.</summary>
    public void Load()
    {
        foreach (var shard in _shards)
        {
            shard.Load();
        }

        _isLoaded = true;
        var groups = AllRecords().ToArray();
        GroupCoordinatorLog.Loaded(_logger, groups.Length, groups.Sum(group => group.Offsets.Count), _shards.Length);
    }

    /// <summary>Becomes or stays a member; completes when the join phase ends.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the waiting, not the joining.</param>
    public ValueTask<JoinGroupAnswer> JoinAsync(JoinGroupRequest request, CancellationToken cancellationToken)
    {
        var shard = ShardOf(request.GroupId);
        return AskAsync(
            request.GroupId,
            error => new JoinGroupAnswer { Error = error, MemberId = request.MemberId },
            answer => shard.Joins.Join(request, answer),
            cancellationToken);
    }

    /// <summary>Brings or gets the assignment; completes once it is durable.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public ValueTask<SyncGroupAnswer> SyncAsync(SyncGroupRequest request, CancellationToken cancellationToken)
    {
        var shard = ShardOf(request.GroupId);
        return AskAsync(
            request.GroupId,
            static error => new SyncGroupAnswer { Error = error },
            answer => shard.Syncs.Sync(request, answer),
            cancellationToken);
    }

    /// <summary>Says that a member lives.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public ValueTask<GroupError> HeartbeatAsync(HeartbeatRequest request, CancellationToken cancellationToken)
    {
        var shard = ShardOf(request.GroupId);
        return AskAsync(
            request.GroupId,
            static error => error,
            answer => answer.TrySetResult(shard.Sessions.Heartbeat(request)),
            cancellationToken);
    }

    /// <summary>Takes members out.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public ValueTask<LeaveGroupAnswer> LeaveAsync(LeaveGroupRequest request, CancellationToken cancellationToken)
    {
        var shard = ShardOf(request.GroupId);
        return AskAsync(
            request.GroupId,
            static error => new LeaveGroupAnswer(error, []),
            answer => answer.TrySetResult(shard.Sessions.Leave(request)),
            cancellationToken);
    }

    /// <summary>Commits offsets; completes once they are durable.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the waiting, not the committing.</param>
    public ValueTask<OffsetCommitAnswer> CommitOffsetsAsync(OffsetCommitRequest request, CancellationToken cancellationToken)
    {
        var shard = ShardOf(request.GroupId);
        return AskAsync(
            request.GroupId,
            error => new OffsetCommitAnswer([.. request.Offsets.Select(_ => error)]),
            answer => shard.Offsets.Commit(request, _topics.PartitionCount, answer),
            cancellationToken);
    }

    /// <summary>Returns durable committed offsets; partitions without one are absent.</summary>
    /// <param name="groupId">The group.</param>
    /// <param name="partitions">The partitions; <see langword="null"/> asks for all.</param>
    /// <exception cref="StreamsException">CoordinatorLoadInProgress before <see cref="Load"/> has returned.</exception>
    public IReadOnlyDictionary<TopicPartition, CommittedOffset> FetchOffsets(
        string groupId,
        IReadOnlyCollection<TopicPartition>? partitions)
    {
        if (!_isLoaded)
        {
            throw new StreamsException($"The coordinator of group '{groupId}' is still reading its records; ask again.")
            {
                Code = StreamsErrorCode.CoordinatorLoadInProgress,
            };
        }

        var found = new Dictionary<TopicPartition, CommittedOffset>();
        if (ShardOf(groupId).Records.Find(groupId) is { } records)
        {
            foreach (var (partition, offset) in records.Offsets)
            {
                if (partitions is null || partitions.Contains(partition))
                {
                    found.Add(partition, offset);
                }
            }
        }

        return found;
    }

    /// <summary>Returns a group as it stands, or <see langword="null"/> where there is none.</summary>
    /// <param name="groupId">The group.</param>
    /// <param name="cancellationToken">Ends the waiting for the shard's turn.</param>
    public ValueTask<GroupDescription?> DescribeAsync(string groupId, CancellationToken cancellationToken)
    {
        var shard = ShardOf(groupId);
        return WaitAsync(
            shard.AskAsync<GroupDescription?>(
                static _ => null,
                answer => answer.TrySetResult(shard.Find(groupId) is { } group ? Describe(group) : null)),
            cancellationToken);
    }

    /// <summary>Returns all groups, by name.</summary>
    /// <param name="cancellationToken">Ends the waiting for the shards' turns.</param>
    public async ValueTask<IReadOnlyList<GroupDescription>> ListAsync(CancellationToken cancellationToken)
    {
        var lists = await Task.WhenAll(_shards.Select(shard => shard.AskAsync<GroupDescription[]>(
                static _ => [],
                answer => answer.TrySetResult([.. shard.Groups.Select(Describe)]))))
            .WaitAsync(cancellationToken).ConfigureAwait(false);
        return [.. lists.SelectMany(list => list).OrderBy(group => group.GroupId, StringComparer.Ordinal)];
    }

    /// <summary>Deletes a group without members, with its offsets; completes once that is durable.</summary>
    /// <param name="groupId">The group.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public ValueTask<GroupError> DeleteGroupAsync(string groupId, CancellationToken cancellationToken)
    {
        var shard = ShardOf(groupId);
        return AskAsync(groupId, static error => error, answer => shard.Offsets.DeleteGroup(groupId, answer), cancellationToken);
    }

    /// <summary>Deletes committed offsets; one answer for each partition. Those of topics that members subscribe to stay.</summary>
    /// <param name="groupId">The group.</param>
    /// <param name="partitions">The partitions.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public ValueTask<IReadOnlyList<GroupError>> DeleteOffsetsAsync(
        string groupId,
        IReadOnlyList<TopicPartition> partitions,
        CancellationToken cancellationToken)
    {
        var shard = ShardOf(groupId);
        return AskAsync<IReadOnlyList<GroupError>>(
            groupId,
            error => [.. partitions.Select(_ => error)],
            answer => shard.Offsets.Delete(groupId, partitions, answer),
            cancellationToken);
    }

    /// <summary>Deletes all committed offsets of a topic that is gone. Returns how many there were.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public ValueTask<int> DeleteTopicOffsetsAsync(string topic, CancellationToken cancellationToken)
        => SumAsync((shard, answer) => shard.Offsets.DeleteTopic(topic, answer), cancellationToken);

    /// <summary>Deletes what has expired: offsets, then groups without members and offsets. Called every ten minutes or so.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>How many offsets.</returns>
    public ValueTask<int> ExpireOffsetsAsync(CancellationToken cancellationToken)
        => SumAsync(static (shard, answer) => shard.Offsets.Expire(answer), cancellationToken);

    /// <summary>Sets committed offsets above the end of a recovered partition back to that end, loudly. Called after <see cref="Load"/> and
    /// before the partition takes its first record.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="end">Its end.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>How many there were; durable.</returns>
    /// <exception cref="StreamsException">They could not be written: the partition must not take records.</exception>
    public ValueTask<int> ResetOffsetsAboveAsync(TopicPartition partition, long end, CancellationToken cancellationToken)
        => SumAsync((shard, answer) => shard.Offsets.ResetAbove(partition, end, answer), cancellationToken);

    /// <summary>Returns the lowest committed offset over all known groups for every partition that has one: one pass over all offsets, for a round of retention.</summary>
    public IReadOnlyDictionary<TopicPartition, long> LowestCommittedOffsets()
    {
        var lowest = new Dictionary<TopicPartition, long>();
        foreach (var (partition, committed) in AllRecords().SelectMany(records => records.Offsets))
        {
            lowest[partition] = lowest.TryGetValue(partition, out var known) ? Math.Min(known, committed.Offset) : committed.Offset;
        }

        return lowest;
    }

    /// <summary>Returns the lowest committed offset of one partition over all known groups, or <see langword="null"/>.</summary>
    /// <param name="partition">The partition.</param>
    public long? LowestCommittedOffset(TopicPartition partition)
    {
        long? lowest = null;
        foreach (var records in AllRecords())
        {
            if (records.Offsets.TryGetValue(partition, out var committed) && !(lowest <= committed.Offset))
            {
                lowest = committed.Offset;
            }
        }

        return lowest;
    }

    /// <summary>Stops all timers and answers everybody who waits with CoordinatorNotAvailable. Groups stay as they are in the log.</summary>
    public void Dispose()
    {
        foreach (var shard in _shards)
        {
            shard.Stop();
        }
    }

    private static ValueTask<T> WaitAsync<T>(Task<T> answer, CancellationToken cancellationToken)
        => new(answer.IsCompleted ? answer : answer.WaitAsync(cancellationToken));

    private ValueTask<T> AskAsync<T>(
        string groupId,
        Func<GroupError, T> unavailable,
        Action<TaskCompletionSource<T>> run,
        CancellationToken cancellationToken)
    {
        if (groupId.Length is 0 or > GroupCoordinatorLimits.GroupIdLengthMax)
        {
            return new ValueTask<T>(unavailable(GroupError.InvalidGroupId));
        }

        if (!_isLoaded)
        {
            return new ValueTask<T>(unavailable(GroupError.CoordinatorLoadInProgress));
        }

        return WaitAsync(ShardOf(groupId).AskAsync(unavailable, run), cancellationToken);
    }

    private async ValueTask<int> SumAsync(
        Action<CoordinatorShard, TaskCompletionSource<int>> run,
        CancellationToken cancellationToken)
    {
        var counts = await Task.WhenAll(_shards.Select(shard => shard.AskAsync(static _ => 0, answer => run(shard, answer))))
            .WaitAsync(cancellationToken).ConfigureAwait(false);
        return counts.Sum();
    }

    private GroupDescription Describe(ClassicGroup group) => new(
        group.GroupId,
        group.State,
        group.Generation,
        group.ProtocolType ?? "",
        group.Protocol ?? "",
        group.Leader,
        [.. group.Members.Select(member => new MemberDescription(
            member.MemberId,
            member.InstanceId,
            member.ClientId,
            member.ClientHost,
            member.MetadataFor(group.Protocol),
            member.Assignment,
            group.IsConsumerGroup ? ConsumerBlobs.Partitions(member.Assignment, group.GroupId, _logger) : []))]);

    private IEnumerable<GroupRecords> AllRecords() => _shards.SelectMany(shard => shard.Records.Groups).Select(group => group.Value);

    private CoordinatorShard ShardOf(string groupId) => _shards[GroupPartition.Of(groupId, _shards.Length)];
}
