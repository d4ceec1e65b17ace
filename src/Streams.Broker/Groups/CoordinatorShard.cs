using Microsoft.Extensions.Logging;
using Streams.Broker.Groups.Requests;

namespace Streams.Broker.Groups;

/// <summary>
/// The groups of one partition of <c>__consumer_offsets</c> and their single owner: requests and timers run one after the other in its queue.
/// Records are written at once and replayed, in their order, when they are durable; only then what waits for them goes on.
/// </summary>
internal sealed class CoordinatorShard
{
    private readonly IGroupLog _log;
    private readonly Queue<ShardWrite> _writes = new();
    private readonly Dictionary<string, ClassicGroup> _groups = new(StringComparer.Ordinal);
    private readonly Func<Guid> _newId;
    private readonly Action _settle;
    private bool _isStopped;
    private Exception? _failure;

    /// <summary>Initializes a new instance of the <see cref="CoordinatorShard"/> class.</summary>
    /// <param name="partition">Its partition.</param>
    /// <param name="log">Where the records go.</param>
    /// <param name="options">How it behaves.</param>
    /// <param name="time">The clock of all timers.</param>
    /// <param name="logger">The log.</param>
    /// <param name="newId">Makes the unique part of member ids.</param>
    public CoordinatorShard(
        int partition,
        IGroupLog log,
        GroupCoordinatorOptions options,
        TimeProvider time,
        ILogger logger,
        Func<Guid> newId)
    {
        Partition = partition;
        _log = log;
        _newId = newId;
        Options = options;
        Time = time;
        Logger = logger;
        _settle = Settle;
        Queue = new SerialQueue(OnBug);
        Rebalances = new GroupRebalances(this);
        Sessions = new GroupSessions(this);
        Joins = new GroupJoins(this);
        Syncs = new GroupSyncs(this);
        Offsets = new GroupOffsets(this);
    }

    /// <summary>Gets the partition.</summary>
    public int Partition { get; }

    /// <summary>Gets how it behaves.</summary>
    public GroupCoordinatorOptions Options { get; }

    /// <summary>Gets the clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Gets the log of the process.</summary>
    public ILogger Logger { get; }

    /// <summary>Gets the queue of events.</summary>
    public SerialQueue Queue { get; }

    /// <summary>Gets what the log says.</summary>
    public ShardRecords Records { get; } = new();

    /// <summary>Gets the join requests.</summary>
    public GroupJoins Joins { get; }

    /// <summary>Gets the sync requests.</summary>
    public GroupSyncs Syncs { get; }

    /// <summary>Gets heartbeats, leaving and session ends.</summary>
    public GroupSessions Sessions { get; }

    /// <summary>Gets the way from one generation to the next.</summary>
    public GroupRebalances Rebalances { get; }

    /// <summary>Gets commits and the life of committed offsets.</summary>
    public GroupOffsets Offsets { get; }

    /// <summary>Gets all groups.</summary>
    public IReadOnlyCollection<ClassicGroup> Groups => _groups.Values;

    /// <summary>Gets the time in milliseconds since 1970.</summary>
    public long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Reads the records of the partition. Called once, before any request.</summary>
    public void Load()
    {
        _log.Replay(Partition, (key, value, _) => Records.Replay(key, value));
        Queue.Post(() =>
        {
            foreach (var (groupId, records) in Records.Groups)
            {
                var group = GetOrAdd(groupId);
                if (records.Group is not null)
                {
                    group.Restore(records.Group);
                    Sessions.Restore(group);
                }
            }
        });
    }

    /// <summary>Runs a request in its turn and returns its answer.</summary>
    /// <param name="unavailable">What is answered instead once the shard is stopped or has failed, or has too much to do.</param>
    /// <param name="run">The request; it keeps the source where it cannot answer yet.</param>
    /// <typeparam name="T">The kind of answer.</typeparam>
    public Task<T> AskAsync<T>(Func<GroupError, T> unavailable, Action<TaskCompletionSource<T>> run)
    {
        if (Queue.Count >= GroupCoordinatorLimits.QueuedRequestsMax)
        {
            return Task.FromResult(unavailable(GroupError.CoordinatorNotAvailable));
        }

        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Queue.Post(() =>
        {
            if (_isStopped || _failure is not null)
            {
                answer.TrySetResult(unavailable(_isStopped ? GroupError.CoordinatorNotAvailable : GroupError.UnknownServerError));
                return;
            }

            try
            {
                run(answer);
            }
            catch
            {
                answer.TrySetResult(unavailable(GroupError.UnknownServerError));
                throw;
            }
        });
        return answer.Task;
    }

    /// <summary>Writes records now and goes on once they are durable, after everything that was written before.</summary>
    /// <param name="records">The records, at least one.</param>
    /// <param name="settled">Goes on, with the error where they could not be written.</param>
    public void Write(IReadOnlyList<StoredRecord> records, Action<GroupError> settled)
    {
        Invariant.Holds(records.Count > 0, "An empty batch says nothing.");
        var write = new ShardWrite(records, settled);
        _writes.Enqueue(write);
        _ = AppendAsync(write);
    }

    /// <summary>Returns a group, or <see langword="null"/>.</summary>
    /// <param name="groupId">The group.</param>
    public ClassicGroup? Find(string groupId) => _groups.GetValueOrDefault(groupId);

    /// <summary>Returns a group, made where there is none.</summary>
    /// <param name="groupId">The group.</param>
    public ClassicGroup GetOrAdd(string groupId)
    {
        if (!_groups.TryGetValue(groupId, out var group))
        {
            _groups.Add(groupId, group = new ClassicGroup(groupId));
        }

        return group;
    }

    /// <summary>Forgets a group; its records get their tombstones elsewhere.</summary>
    /// <param name="group">The group.</param>
    public void Forget(ClassicGroup group)
    {
        group.MoveTo(GroupState.Dead);
        group.StopTimers();
        _groups.Remove(group.GroupId);
    }

    /// <summary>Moves a group to another state and says so.</summary>
    /// <param name="group">The group.</param>
    /// <param name="next">The state.</param>
    /// <param name="reason">Why.</param>
    public void Move(ClassicGroup group, GroupState next, string reason)
    {
        var previous = group.State;
        group.MoveTo(next);
        GroupCoordinatorLog.GroupMoved(Logger, group.GroupId, previous, next, group.Generation, reason);
    }

    /// <summary>Makes a time limit that runs in the queue.</summary>
    /// <param name="expired">What happens then.</param>
    public Deadline NewDeadline(Action expired) => new(Time, Queue, expired);

    /// <summary>Makes a member id: the instance id or the client id, and something unique.</summary>
    /// <param name="request">The request of a new member.</param>
    public string NewMemberId(JoinGroupRequest request) => $"{request.GroupInstanceId ?? request.ClientId}-{_newId():D}";

    /// <summary>Stops all timers and answers whoever waits.</summary>
    public void Stop() => Queue.Post(() =>
    {
        _isStopped = true;
        foreach (var group in _groups.Values)
        {
            group.StopTimers();
            foreach (var member in group.Members)
            {
                member.AnswerJoin(new JoinGroupAnswer { Error = GroupError.CoordinatorNotAvailable, MemberId = member.MemberId });
                member.AnswerSync(new SyncGroupAnswer { Error = GroupError.CoordinatorNotAvailable });
            }
        }
    });

    // Runs up to its first await inside the transition, so that batches take their places in the order of the transitions.
    private async Task AppendAsync(ShardWrite write)
    {
        var error = GroupError.None;
        try
        {
            await _log.AppendAsync(Partition, write.Records).ConfigureAwait(false);
        }
        catch (StreamsException exception)
        {
            GroupCoordinatorLog.WriteFailed(Logger, Partition, write.Records.Count, exception);
            error = GroupError.StorageError;
        }
#pragma warning disable CA1031 // Whatever it was, the requests behind it wait for an answer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            OnBug(exception);
            error = GroupError.UnknownServerError;
        }

        write.Complete(error);
        Queue.Post(_settle);
    }

    private void Settle()
    {
        while (_writes.TryPeek(out var write) && write.Error is { } error)
        {
            _writes.Dequeue();
            write.Settled(error == GroupError.None ? Replay(write.Records) : error);
        }
    }

    private GroupError Replay(IReadOnlyList<StoredRecord> records)
    {
        try
        {
            foreach (var (key, value) in records)
            {
                // Written out: null alone converts to empty memory, which would make an empty value of a tombstone.
                Records.Replay(key, value is null ? default(ReadOnlyMemory<byte>?) : value);
            }

            return GroupError.None;
        }
#pragma warning disable CA1031 // Records of ours that cannot be read are a bug; whoever waits for them must still hear of it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            OnBug(exception);
            return GroupError.UnknownServerError;
        }
    }

    private void OnBug(Exception exception)
    {
        _failure ??= exception;
        GroupCoordinatorLog.ShardFailed(Logger, Partition, exception);
    }
}
