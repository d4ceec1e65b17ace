using Microsoft.Extensions.Logging;
using Streams.Broker.Groups.Requests;

namespace Streams.Broker.Groups;

/// <summary>
/// The coordinator of all groups: Kafka's classic protocol and the committed offsets. Thread-safe. Each partition of
/// <c>__consumer_offsets</c> is a shard with one owner; what a restart must know changes only by replaying the records a shard wrote.
/// </summary>
internal sealed class GroupCoordinator : IDisposable
{
    /// <summary>Initializes a new instance of the <see cref="GroupCoordinator"/> class.</summary>
    /// <param name="log">Where the records go.</param>
    /// <param name="topics">What topics there are.</param>
    /// <param name="options">How it behaves.</param>
    /// <param name="time">The clock of all timers.</param>
    /// <param name="logger">The log.</param>
    /// <param name="newId">Makes the unique part of member ids; <see langword="null"/> takes random ones.</param>
    public GroupCoordinator(
        IGroupLog log,
        IGroupTopics topics,
        GroupCoordinatorOptions options,
        TimeProvider time,
        ILogger<GroupCoordinator> logger,
        Func<Guid>? newId = null)
        => throw new NotImplementedException();

    /// <summary>Reads all records and starts the session timers of the members found. Until it returns, requests are answered with CoordinatorLoadInProgress.</summary>
    public void Load() => throw new NotImplementedException();

    /// <summary>Becomes or stays a member; completes when the join phase ends.</summary>
    public ValueTask<JoinGroupAnswer> JoinAsync(JoinGroupRequest request, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Brings or gets the assignment; completes once it is durable.</summary>
    public ValueTask<SyncGroupAnswer> SyncAsync(SyncGroupRequest request, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Says that a member lives.</summary>
    public ValueTask<GroupError> HeartbeatAsync(HeartbeatRequest request, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Takes members out.</summary>
    public ValueTask<LeaveGroupAnswer> LeaveAsync(LeaveGroupRequest request, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Commits offsets; completes once they are durable.</summary>
    public ValueTask<OffsetCommitAnswer> CommitOffsetsAsync(OffsetCommitRequest request, CancellationToken cancellationToken)
        => throw new NotImplementedException();

    /// <summary>Returns durable committed offsets; partitions without one are absent. <see langword="null"/> asks for all.</summary>
    public IReadOnlyDictionary<TopicPartition, CommittedOffset> FetchOffsets(string groupId, IReadOnlyCollection<TopicPartition>? partitions)
        => throw new NotImplementedException();

    /// <summary>Returns a group at this moment, or <see langword="null"/> where there is none.</summary>
    public GroupDescription? Describe(string groupId) => throw new NotImplementedException();

    /// <summary>Returns all groups at this moment, by name.</summary>
    public IReadOnlyList<GroupDescription> List() => throw new NotImplementedException();

    /// <summary>Deletes a group without members, with its offsets.</summary>
    public ValueTask<GroupError> DeleteGroupAsync(string groupId, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Deletes committed offsets; one answer for each partition. Those of topics that members subscribe to stay.</summary>
    public ValueTask<IReadOnlyList<GroupError>> DeleteOffsetsAsync(
        string groupId,
        IReadOnlyList<TopicPartition> partitions,
        CancellationToken cancellationToken)
        => throw new NotImplementedException();

    /// <summary>Deletes all committed offsets of a topic that is gone. Returns how many there were.</summary>
    public ValueTask<int> DeleteTopicOffsetsAsync(string topic, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Deletes what has expired: offsets, then groups without members and offsets. Returns how many offsets. Called every ten minutes or so.</summary>
    public ValueTask<int> ExpireOffsetsAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Sets committed offsets above the end of a recovered partition back to that end, loudly. Returns how many. Called after
    /// <see cref="Load"/> and before the partition takes its first record.</summary>
    public ValueTask<int> ResetOffsetsAboveAsync(TopicPartition partition, long end, CancellationToken cancellationToken)
        => throw new NotImplementedException();

    /// <summary>Returns the lowest committed offset over all known groups for every partition that has one: one pass over all offsets, for a round of retention.</summary>
    public IReadOnlyDictionary<TopicPartition, long> LowestCommittedOffsets() => throw new NotImplementedException();

    /// <summary>Returns the lowest committed offset of one partition over all known groups, or <see langword="null"/>.</summary>
    public long? LowestCommittedOffset(TopicPartition partition) => throw new NotImplementedException();

    /// <summary>Stops all timers and answers everybody who waits with CoordinatorNotAvailable. Groups stay as they are in the log.</summary>
    public void Dispose() => throw new NotImplementedException();
}
