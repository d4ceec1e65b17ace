using System.Text;
using Streams.Broker.Groups;
using Streams.Broker.Groups.Requests;

namespace Streams.Broker.Tests.Groups;

/// <summary>A restart finds exactly what was answered.</summary>
public sealed class RestartTests : IDisposable
{
    private readonly CoordinatorHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Restart_OfAStableGroup_LetsItsMembersGoOn()
    {
        var members = await _harness.StableGroup(3);
        _harness.CommitOne(members[1].MemberId, members[1].GenerationId, 17);

        _harness.Restart();

        Assert.Equal(GroupState.Stable, _harness.State);
        Assert.Equal(17, _harness.Committed());
        foreach (var member in members)
        {
            Assert.Equal(GroupError.None, _harness.Heartbeat(member.MemberId, member.GenerationId));
            Assert.Equal("of " + member.MemberId, Encoding.UTF8.GetString((await _harness.Sync(member)).Assignment));
        }

        Assert.Equal(members[0].MemberId, _harness.Describe()!.Leader);
        Assert.Equal(GroupError.None, _harness.CommitOne(members[2].MemberId, members[2].GenerationId));
    }

    [Fact]
    public async Task Restart_OfAStableGroup_StartsTheSessionsAnew()
    {
        var members = await _harness.StableGroup(2);
        _harness.Time.Advance(TimeSpan.FromSeconds(40));
        _harness.Restart();
        _harness.Time.Advance(TimeSpan.FromSeconds(44));
        Assert.Equal(GroupError.None, _harness.Heartbeat(members[0].MemberId, members[0].GenerationId));

        _harness.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(GroupError.RebalanceInProgress, _harness.Heartbeat(members[0].MemberId, members[0].GenerationId));
        Assert.Equal(GroupError.UnknownMemberId, _harness.Heartbeat(members[1].MemberId, members[1].GenerationId));
    }

    // Members of the broker's own process ended with it. The process that starts next must not wait 45 s for their ghosts.
    [Fact]
    public async Task Restart_OfMembersInThisProcess_ForgetsThemAtOnce()
    {
        var request = _harness.JoinRequest() with { ClientHost = JoinGroupRequest.InProcessHost };
        var joined = await _harness.Join(request);
        await _harness.Sync(joined, (joined.MemberId, "a"));
        _harness.CommitOne(joined.MemberId, joined.GenerationId, 12);

        _harness.Restart();

        Assert.Equal(GroupState.Empty, _harness.State);
        var next = await _harness.Join(request);
        Assert.Equal(joined.GenerationId + 2, next.GenerationId);
        Assert.Equal(12, _harness.Committed());
    }

    [Fact]
    public async Task Restart_WhenSomeMembersLivedInThisProcess_SendsTheOthersToRebalance()
    {
        var network = await _harness.Join();
        var own = _harness.Join(_harness.JoinRequest() with { ClientHost = JoinGroupRequest.InProcessHost });
        network = await _harness.Join(network.MemberId);
        var follower = _harness.Sync(await own);
        await _harness.Sync(network);
        await follower;

        _harness.Restart();

        Assert.Equal(GroupError.RebalanceInProgress, _harness.Heartbeat(network.MemberId, network.GenerationId));
        Assert.Single((await _harness.Join(network.MemberId)).Members);
    }

    // The join phase has ended and everybody knows generation 2, but the assignment is lost with the power: members of generation 1 are
    // found, and whoever comes with generation 2 is sent to join again.
    [Fact]
    public async Task Restart_BeforeTheAssignmentIsDurable_FindsTheGenerationBefore()
    {
        var members = await _harness.StableGroup(1);
        var again = await _harness.Join(members[0].MemberId);
        _harness.Log.IsHeld = true;
        var synced = _harness.Sync(again, (again.MemberId, "new"));
        _harness.Restart();
        _harness.Log.LosePending(new StreamsException("power"));

        Assert.Equal(GroupError.CoordinatorNotAvailable, (await synced).Error);
        Assert.Equal(GroupError.IllegalGeneration, _harness.Heartbeat(again.MemberId, again.GenerationId));
        Assert.Equal(GroupError.None, _harness.Heartbeat(again.MemberId, members[0].GenerationId));
        Assert.Equal("of " + again.MemberId, Encoding.UTF8.GetString((await _harness.Sync(members[0])).Assignment));
    }

    [Fact]
    public void Requests_BeforeLoad_AreToldToWait()
    {
        using var coordinator = new GroupCoordinator(
            _harness.Log,
            _harness.Topics,
            _harness.Options,
            _harness.Time,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<GroupCoordinator>.Instance);

        var heartbeat = coordinator.HeartbeatAsync(new HeartbeatRequest(CoordinatorHarness.Group, "a", null, 1), CancellationToken.None);

        Assert.Equal(GroupError.CoordinatorLoadInProgress, CoordinatorHarness.Now(heartbeat));
        var error = Assert.Throws<StreamsException>(() => coordinator.FetchOffsets(CoordinatorHarness.Group, null));
        Assert.Equal(StreamsErrorCode.CoordinatorLoadInProgress, error.Code);
    }

    // Somebody turned null into empty memory on the way (the language does so by itself). No value is empty, so it can only be a tombstone.
    [Fact]
    public void Replay_OfAnEmptyValue_DeletesLikeATombstone()
    {
        var records = new ShardRecords();
        var offset = StoredRecords.OfOffset("billing", new TopicPartition("orders", 0), new CommittedOffset(7, -1, "", 0, null));
        records.Replay(offset.Key, offset.Value);
        Assert.Single(records.Find("billing")!.Offsets);

        records.Replay(offset.Key, ReadOnlyMemory<byte>.Empty);

        Assert.Null(records.Find("billing"));
    }

    // Kinds 3 to 8 and 16 belong to the newer consumer protocol (KIP-848): a directory of Kafka's may hold them.
    [Fact]
    public void Replay_OfRecordsOfAnotherProtocol_PassesThemOver()
    {
        var records = new ShardRecords();

        records.Replay(new byte[] { 0, 3, 0, 1, (byte)'g' }, new byte[] { 0, 0, 1, 2, 3 });
        records.Replay(Array.Empty<byte>(), new byte[] { 1 });

        Assert.Empty(records.Groups);
    }

    [Theory]
    [InlineData("", 50, 0)]
    [InlineData("billing", 50, 9)]
    [InlineData("warehouse-europe", 50, 28)]
    [InlineData("größe-日本", 50, 19)]
    [InlineData("polygenelubricants", 50, 0)]
    public void GroupPartition_IsKafkas(string group, int partitions, int expected)
        => Assert.Equal(expected, GroupPartition.Of(group, partitions));

    // Anything happens, in any order, with a disk that is slow at times. At every step a restart on what is durable must find the same
    // offsets and, for groups that are settled, the same generation, members and assignments.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Restart_AtAnyPoint_FindsWhatTheLogSays(int seed)
    {
        var random = new Random(seed);
        var known = new List<(string Id, int Generation)>();
        var parked = new List<Task>();
        for (var step = 0; step < 300; step++)
        {
            parked.Add(Step(random, known));
            foreach (var join in parked.OfType<Task<JoinGroupAnswer>>().Where(join => join.IsCompletedSuccessfully))
            {
                var answer = await join;
                if (answer.Error == GroupError.None)
                {
                    known.RemoveAll(member => member.Id == answer.MemberId);
                    known.Add((answer.MemberId, answer.GenerationId));
                }
            }

            parked.RemoveAll(task => task.IsCompleted);
            AssertReplayEqual(seed, step);
        }
    }

    private Task Step(Random random, List<(string Id, int Generation)> known)
    {
        var (id, generation) = known.Count == 0 ? ("", -1) : known[random.Next(known.Count)];
        switch (random.Next(10))
        {
            case 0:
                return _harness.Join(instance: random.Next(2) == 0 ? null : $"instance-{random.Next(3)}");
            case 1 or 2:
                return _harness.Join(id, subscription: random.Next(8) == 0 ? "invoices" : "orders");
            case 3 or 4:
                return _harness.Sync(id, generation, null, [.. known.Select(member => (member.Id, "step " + random.Next()))]);
            case 5 or 6:
                return _harness.Commit(id, generation, (new TopicPartition("orders", random.Next(6)), random.Next(1000)));
            case 7:
                _harness.Leave(id);
                known.RemoveAll(member => member.Id == id);
                return Task.CompletedTask;
            case 8:
                _harness.Time.Advance(TimeSpan.FromSeconds(random.Next(30)));
                return _harness.Coordinator.ExpireOffsetsAsync(CancellationToken.None).AsTask();
            default:
                if (_harness.Log.IsHeld)
                {
                    _harness.Log.Release();
                }
                else
                {
                    _harness.Log.IsHeld = true;
                }

                return Task.CompletedTask;
        }
    }

    private void AssertReplayEqual(int seed, int step)
    {
        using var restarted = new GroupCoordinator(
            new FrozenLog(_harness.Log),
            _harness.Topics,
            _harness.Options,
            _harness.Time,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<GroupCoordinator>.Instance);
        restarted.Load();
        var because = $"seed {seed}, step {step}";

        var live = _harness.Coordinator.FetchOffsets(CoordinatorHarness.Group, null);
        var replayed = restarted.FetchOffsets(CoordinatorHarness.Group, null);
        Assert.True(live.OrderBy(pair => pair.Key).SequenceEqual(replayed.OrderBy(pair => pair.Key)), because);

        if (_harness.Describe() is { State: GroupState.Stable } group && !_harness.Log.IsHeld)
        {
            var found = CoordinatorHarness.Now(restarted.DescribeAsync(CoordinatorHarness.Group, CancellationToken.None))!;
            Assert.True((group.State, group.GenerationId, group.Leader) == (found.State, found.GenerationId, found.Leader), because);
            Assert.True(group.Members.Select(Text).Order().SequenceEqual(found.Members.Select(Text).Order()), because);
        }

        static string Text(MemberDescription member)
            => $"{member.MemberId} {member.GroupInstanceId} "
                + $"{Convert.ToHexString(member.Metadata)} {Convert.ToHexString(member.Assignment)}";
    }

    /// <summary>A log that only gives back what another one has made durable.</summary>
    private sealed class FrozenLog(ListGroupLog log) : IGroupLog
    {
        public int PartitionCount => log.PartitionCount;

        public ValueTask AppendAsync(int partition, IReadOnlyList<StoredRecord> records) => ValueTask.CompletedTask;

        public void Replay(int partition, Action<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>?, long> record)
            => log.Replay(partition, record);
    }
}
