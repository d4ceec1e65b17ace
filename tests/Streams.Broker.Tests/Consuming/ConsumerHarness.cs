using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Streams.Broker.Groups;
using Streams.Broker.Groups.Requests;
using Streams.Broker.Tests.Groups;
using Streams.Broker.Transport.Consuming;
using Streams.Protocol.Stored;
using Streams.Transport;

namespace Streams.Broker.Tests.Consuming;

/// <summary>A coordinator, topics, and consumers in one process, on a fake clock.</summary>
internal sealed class ConsumerHarness : IAsyncDisposable
{
    public const string Group = "billing";

    private readonly List<(EmbeddedConsumer Consumer, RecordingListener Listener)> _consumers = [];

    public ConsumerHarness(int partitions = 4, bool isLoaded = true)
    {
        Data.SetPartitions("orders", partitions);
        Coordinator = new GroupCoordinator(
            Log,
            Data,
            new GroupCoordinatorOptions { InitialRebalanceDelay = GroupCoordinatorDefaults.EmbeddedInitialRebalanceDelay },
            Time,
            NullLogger<GroupCoordinator>.Instance);
        if (isLoaded)
        {
            Coordinator.Load();
        }
    }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UnixEpoch.AddYears(50));

    public ListGroupLog Log { get; } = new();

    public TestData Data { get; } = new();

    public GroupCoordinator Coordinator { get; }

    public (EmbeddedConsumer Consumer, RecordingListener Listener) Create(
        string assignor = "cooperative-sticky",
        string? instance = null,
        string[]? topics = null,
        Action<IThreadPoolWorkItem>? schedule = null)
    {
        var listener = new RecordingListener();
        var settings = new ConsumerSettings
        {
            GroupId = Group,
            Topics = topics ?? ["orders"],
            InstanceId = instance,
            Assignors = assignor.Split(','),
        };
        var consumer = new EmbeddedConsumer(
            settings, listener, Coordinator, Data, Time, NullLogger<EmbeddedConsumer>.Instance, schedule);
        _consumers.Add((consumer, listener));
        return (consumer, listener);
    }

    public async Task<(EmbeddedConsumer Consumer, RecordingListener Listener)> StartAsync(
        string assignor = "cooperative-sticky",
        string? instance = null,
        string[]? topics = null)
    {
        var created = Create(assignor, instance, topics);
        await created.Consumer.StartAsync(CancellationToken.None);
        return created;
    }

    /// <summary>Waits until all consumers take part in the generation the group has; only then may the clock move.</summary>
    public async Task SettleAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            var group = await DescribeAsync();
            if (group.State == GroupState.Stable && _consumers.All(each => each.Consumer.Generation == group.GenerationId))
            {
                return;
            }

            await Task.Yield();
        }
    }

    public async Task<GroupDescription> DescribeAsync() => (await Coordinator.DescribeAsync(Group, CancellationToken.None))!;

    /// <summary>Joins as a member over the network would, which does only what the test says.</summary>
    public Task<JoinGroupAnswer> JoinAsStranger(string memberId = "", string protocol = "cooperative-sticky", string topic = "orders")
        => Coordinator.JoinAsync(
            new JoinGroupRequest
            {
                GroupId = Group,
                MemberId = memberId,
                ClientId = "stranger",
                ClientHost = "/127.0.0.1",
                SessionTimeout = TimeSpan.FromSeconds(45),
                RebalanceTimeout = TimeSpan.FromSeconds(60),
                RequiresKnownMemberId = false,
                Protocols = [new GroupProtocol(protocol, new ConsumerSubscription([topic], null, [], -1, null).Write(3))],
            },
            CancellationToken.None).AsTask();

    public Task<SyncGroupAnswer> SyncAsStranger(JoinGroupAnswer joined, params (string Member, TopicPartition[] Partitions)[] assignments)
        => Coordinator.SyncAsync(
            new SyncGroupRequest
            {
                GroupId = Group,
                MemberId = joined.MemberId,
                GenerationId = joined.GenerationId,
                Assignments = assignments.ToDictionary(pair => pair.Member, pair => new ConsumerAssignment(pair.Partitions, null).Write(3)),
            },
            CancellationToken.None).AsTask();

    public async ValueTask DisposeAsync()
    {
        foreach (var (consumer, listener) in _consumers)
        {
            listener.Revoking = null;
            await consumer.DisposeAsync();
            Assert.Null(listener.Overlap);
        }

        Coordinator.Dispose();
    }
}
