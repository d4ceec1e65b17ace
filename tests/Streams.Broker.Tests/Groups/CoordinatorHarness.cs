using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Streams.Broker.Groups;
using Streams.Broker.Groups.Requests;
using Streams.Protocol.Stored;

namespace Streams.Broker.Tests.Groups;

/// <summary>
/// A coordinator on a fake clock, a list for a log, and counted ids. Everything runs on the test's own thread: a task that can be complete
/// is complete when the call returns.
/// </summary>
internal sealed class CoordinatorHarness : IDisposable
{
    public const string Group = "billing";

    public static readonly TimeSpan Session = TimeSpan.FromSeconds(45);
    public static readonly TimeSpan Rebalance = TimeSpan.FromSeconds(60);

    private int _ids;

    public CoordinatorHarness(GroupCoordinatorOptions? options = null, int partitions = 4)
    {
        Options = options ?? new GroupCoordinatorOptions { InitialRebalanceDelay = TimeSpan.Zero };
        Log = new ListGroupLog(partitions);
        Coordinator = Start();
    }

    public GroupCoordinatorOptions Options { get; }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UnixEpoch.AddYears(50));

    public ListGroupLog Log { get; }

    public FixedTopics Topics { get; } = new();

    public GroupCoordinator Coordinator { get; private set; }

    public static byte[] Subscription(params string[] topics)
        => new ConsumerSubscription(topics, null, [], -1, null).Write(3);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public void Dispose() => Coordinator.Dispose();

    /// <summary>Ends the process without a word and starts it again on what is durable.</summary>
    public void Restart()
    {
        Coordinator.Dispose();
        Coordinator = Start();
    }

    public JoinGroupRequest JoinRequest(string memberId = "", string? instance = null, string subscription = "orders") => new()
    {
        GroupId = Group,
        MemberId = memberId,
        GroupInstanceId = instance,
        ClientId = "client",
        ClientHost = "/127.0.0.1",
        SessionTimeout = Session,
        RebalanceTimeout = Rebalance,
        Protocols = [new GroupProtocol("range", Subscription(subscription))],
        RequiresKnownMemberId = false,
    };

    public Task<JoinGroupAnswer> Join(JoinGroupRequest request)
        => Coordinator.JoinAsync(request, CancellationToken.None).AsTask();

    public Task<JoinGroupAnswer> Join(string memberId = "", string? instance = null, string subscription = "orders")
        => Join(JoinRequest(memberId, instance, subscription));

    public Task<SyncGroupAnswer> Sync(JoinGroupAnswer joined, params (string Member, string Assignment)[] assignments)
        => Sync(joined.MemberId, joined.GenerationId, null, assignments);

    public Task<SyncGroupAnswer> Sync(
        string memberId,
        int generation,
        string? instance = null,
        params (string Member, string Assignment)[] assignments)
        => Coordinator.SyncAsync(
            new SyncGroupRequest
            {
                GroupId = Group,
                MemberId = memberId,
                GroupInstanceId = instance,
                GenerationId = generation,
                Assignments = assignments.ToDictionary(pair => pair.Member, pair => Bytes(pair.Assignment)),
            },
            CancellationToken.None).AsTask();

    public GroupError Heartbeat(string memberId, int generation, string? instance = null)
        => Now(Coordinator.HeartbeatAsync(new HeartbeatRequest(Group, memberId, instance, generation), CancellationToken.None));

    public LeaveGroupAnswer Leave(string memberId, string? instance = null)
        => Now(Coordinator.LeaveAsync(new LeaveGroupRequest(Group, [new LeavingMember(memberId, instance)]), CancellationToken.None));

    public Task<OffsetCommitAnswer> Commit(string memberId, int generation, params (TopicPartition Partition, long Offset)[] offsets)
        => Coordinator.CommitOffsetsAsync(
            new OffsetCommitRequest
            {
                GroupId = Group,
                MemberId = memberId,
                GenerationId = generation,
                Offsets = [.. offsets.Select(pair => new PartitionOffset(pair.Partition, pair.Offset))],
            },
            CancellationToken.None).AsTask();

    public GroupError CommitOne(string memberId, int generation, long offset = 7)
        => Now(Commit(memberId, generation, (new TopicPartition("orders", 0), offset))).FirstError;

    public long? Committed(int partition = 0, string topic = "orders")
        => Coordinator.FetchOffsets(Group, [new TopicPartition(topic, partition)]).Values.SingleOrDefault()?.Offset;

    public GroupDescription? Describe() => Now(Coordinator.DescribeAsync(Group, CancellationToken.None));

    public GroupState State => Describe()!.State;

    /// <summary>Makes a stable group of that many members; the first one leads.</summary>
    public async Task<JoinGroupAnswer[]> StableGroup(int members)
    {
        var joined = new List<JoinGroupAnswer> { await Join() };
        for (var count = 2; count <= members; count++)
        {
            var newcomer = Join();
            var again = joined.Select(member => Join(member.MemberId)).ToArray();
            joined = [.. await Task.WhenAll(again), await newcomer];
        }

        var followers = joined.Skip(1).Select(member => Sync(member)).ToArray();
        await Sync(joined[0], [.. joined.Select(member => (member.MemberId, "of " + member.MemberId))]);
        await Task.WhenAll(followers);
        Assert.Equal(GroupState.Stable, State);
        return [.. joined];
    }

    public static T Now<T>(ValueTask<T> task) => Now(task.AsTask());

    public static T Now<T>(Task<T> task)
    {
        Assert.True(task.IsCompleted, "The answer should be there already.");
        return task.GetAwaiter().GetResult();
    }

    private GroupCoordinator Start()
    {
        var coordinator = new GroupCoordinator(Log, Topics, Options, Time, NullLogger<GroupCoordinator>.Instance, NextId);
        coordinator.Load();
        return coordinator;
    }

    private Guid NextId() => new(Interlocked.Increment(ref _ids), 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}
