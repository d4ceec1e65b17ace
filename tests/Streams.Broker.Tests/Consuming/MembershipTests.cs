using Streams.Broker.Groups.Requests;
using Streams.Transport;

namespace Streams.Broker.Tests.Consuming;

public sealed class MembershipTests : IAsyncDisposable
{
    private readonly ConsumerHarness _harness = new();

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Theory]
    [InlineData("range")]
    [InlineData("roundrobin")]
    [InlineData("sticky")]
    [InlineData("cooperative-sticky")]
    [InlineData("cooperative-sticky,range")]
    public async Task Start_WhenAlone_GetsEverythingAtOnce(string assignor)
    {
        var (consumer, listener) = await _harness.StartAsync(assignor);

        Assert.Equal("assigned orders-0 orders-1 orders-2 orders-3", await listener.NextAsync());
        Assert.StartsWith("streams-", consumer.MemberId, StringComparison.Ordinal);
        Assert.Equal(GroupState.Stable, (await _harness.DescribeAsync()).State);
    }

    // Two of four partitions go to the newcomer. The other two never stop: same leases, and a request is answered while the listener is
    // still busy with what it gives up.
    [Fact]
    public async Task Join_OfASecondOne_WhenCooperative_KeepsTheKeptLeases()
    {
        var (first, listener) = await _harness.StartAsync();
        await listener.NextAsync();
        var kept = listener[0];
        var drained = new TaskCompletionSource();
        listener.Revoking = async (_, _) => await drained.Task;

        var (_, other) = await _harness.StartAsync();

        Assert.Equal("revoking orders-2 orders-3", await listener.NextAsync());
        first.Request(kept, 0);
        _harness.Data.Feed(kept.Partition).MoveEnd(1);
        Assert.Same(kept, (await listener.NextFetchAsync()).Lease);
        Assert.True(other.HasSaidNothing);

        drained.SetResult();
        Assert.Equal("assigned orders-2 orders-3", await other.NextAsync());
        Assert.Same(kept, listener[0]);
        Assert.True(listener.HasSaidNothing);
    }

    [Fact]
    public async Task Join_OfASecondOne_WhenEager_GivesUpEverythingFirst()
    {
        var (_, listener) = await _harness.StartAsync("range");
        await listener.NextAsync();
        var before = listener[0];

        var (_, other) = await _harness.StartAsync("range");

        Assert.Equal("revoking orders-0 orders-1 orders-2 orders-3", await listener.NextAsync());
        var assigned = new[] { await listener.NextAsync(), await other.NextAsync() };
        Assert.Equal(["assigned orders-0 orders-1", "assigned orders-2 orders-3"], assigned.Order());
        var again = listener.Partitions.Select(partition => listener[partition.Partition]).ToArray();
        Assert.All(again, lease => Assert.True(lease.Epoch > before.Epoch));
    }

    [Theory]
    [InlineData("range")]
    [InlineData("cooperative-sticky")]
    public async Task Leave_OfOne_GivesItsPartitionsToTheOther(string assignor)
    {
        var (_, listener) = await _harness.StartAsync(assignor);
        await listener.NextAsync();
        var (second, other) = await _harness.StartAsync(assignor);
        await other.NextAsync();

        await second.LeaveAsync(CancellationToken.None);

        while (listener.Partitions.Count < 4)
        {
            await listener.NextAsync();
        }

        Assert.True(other.HasSaidNothing);
        Assert.Single((await _harness.DescribeAsync()).Members);
    }

    // A member over the network has its partitions and stops saying anything.
    [Fact]
    public async Task Crash_OfAnotherMember_BringsItsPartitionsAfterItsSession()
    {
        var (_, listener) = await _harness.StartAsync();
        await listener.NextAsync();
        var stranger = await _harness.JoinAsStranger();
        await _harness.SyncAsStranger(stranger);
        Assert.Equal("revoking orders-2 orders-3", await listener.NextAsync());
        for (var generation = stranger.GenerationId; stranger.GenerationId == generation; await Task.Yield())
        {
            stranger = await _harness.JoinAsStranger(stranger.MemberId);
        }

        await _harness.SyncAsStranger(stranger);
        await _harness.SettleAsync();
        Assert.Equal(2, listener.Partitions.Count);

        // In steps, so that the heartbeats of the one that lives are sent.
        for (var seconds = 0; seconds < 48; seconds += 3)
        {
            _harness.Time.Advance(TimeSpan.FromSeconds(3));
        }

        Assert.Equal("assigned orders-2 orders-3", await listener.NextAsync());
    }

    [Fact]
    public async Task Topics_WithMorePartitions_BringOnlyNewLeases()
    {
        var (_, listener) = await _harness.StartAsync();
        await listener.NextAsync();
        var kept = listener[0];

        _harness.Data.SetPartitions("orders", 6);

        Assert.Equal("assigned orders-4 orders-5", await listener.NextAsync());
        Assert.Same(kept, listener[0]);
    }

    [Fact]
    public async Task Topics_ThatAppearLater_AreAssignedThen()
    {
        var (_, listener) = await _harness.StartAsync(topics: ["orders", "invoices"]);
        Assert.Equal("assigned orders-0 orders-1 orders-2 orders-3", await listener.NextAsync());

        _harness.Data.SetPartitions("invoices", 2);

        Assert.Equal("assigned invoices-0 invoices-1", await listener.NextAsync());
    }

    [Fact]
    public async Task Topics_OfOthers_DoNotMatter()
    {
        var (_, listener) = await _harness.StartAsync();
        await listener.NextAsync();
        var generation = (await _harness.DescribeAsync()).GenerationId;

        _harness.Data.SetPartitions("something", 6);
        _harness.Data.SetPartitions("orders", 5);

        Assert.Equal("assigned orders-4", await listener.NextAsync());
        Assert.Equal(generation + 1, (await _harness.DescribeAsync()).GenerationId);
    }

    [Theory]
    [InlineData("range")]
    [InlineData("cooperative-sticky")]
    public async Task Subscriptions_ThatDiffer_AreRespected(string assignor)
    {
        _harness.Data.SetPartitions("invoices", 2);
        var (_, listener) = await _harness.StartAsync(assignor);
        await listener.NextAsync();

        var (_, other) = await _harness.StartAsync(assignor, topics: ["invoices"]);

        Assert.Equal("assigned invoices-0 invoices-1", await other.NextAsync());
        Assert.Equal(4, listener.Partitions.Count(partition => partition.Topic == "orders"));
    }

    // The listener does not let go. Heartbeats go on, so the member stays; the others do not wait longer than the rebalance timeout.
    [Fact]
    public async Task Revocation_ThatTakesTooLong_LosesTheLeases()
    {
        var (consumer, listener) = await _harness.StartAsync();
        await listener.NextAsync();
        listener.Revoking = static async (_, token) => await Task.Delay(Timeout.InfiniteTimeSpan, token);
        var (_, other) = await _harness.StartAsync();
        Assert.Equal("revoking orders-2 orders-3", await listener.NextAsync());
        var doomed = listener[2];
        await _harness.SettleAsync();

        for (var seconds = 0; seconds < 60; seconds += 3)
        {
            Assert.Equal(2, (await _harness.DescribeAsync()).Members.Count);
            _harness.Time.Advance(TimeSpan.FromSeconds(3));
        }

        Assert.Equal("lost orders-2 orders-3", await listener.NextAsync());
        Assert.Equal("assigned orders-2 orders-3", await other.NextAsync());
        Assert.Equal(2, listener.Partitions.Count);
        await AssertRefusedAsync(StreamsErrorCode.LeaseLost, consumer.CommitAsync([new OffsetCommit(doomed, 1)], CancellationToken.None));
    }

    // While it revokes, the coordinator throws it out. It must not wait for its listener's patience to end, and loses all it has.
    [Fact]
    public async Task Revocation_OfAMemberThatIsThrownOut_LosesEverythingAtOnce()
    {
        var (consumer, listener) = await _harness.StartAsync();
        await listener.NextAsync();
        listener.Revoking = static async (_, token) => await Task.Delay(Timeout.InfiniteTimeSpan, token);
        await _harness.StartAsync();
        Assert.Equal("revoking orders-2 orders-3", await listener.NextAsync());
        await _harness.SettleAsync();

        await ThrowOutAsync(consumer.MemberId);
        _harness.Time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal("lost orders-0 orders-1 orders-2 orders-3", await listener.NextAsync());
        listener.Revoking = null;
        Assert.StartsWith("assigned", await listener.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Heartbeat_ThatIsRefused_LosesEverythingAndJoinsAnew()
    {
        var (consumer, listener) = await _harness.StartAsync();
        await listener.NextAsync();
        var (memberBefore, leaseBefore) = (consumer.MemberId, listener[0]);

        await ThrowOutAsync(consumer.MemberId);
        Assert.True(listener.HasSaidNothing);
        _harness.Time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal("lost orders-0 orders-1 orders-2 orders-3", await listener.NextAsync());
        Assert.Equal("assigned orders-0 orders-1 orders-2 orders-3", await listener.NextAsync());
        Assert.NotEqual(memberBefore, consumer.MemberId);
        Assert.NotSame(leaseBefore, listener[0]);
    }

    [Fact]
    public async Task Instance_ThatIsTakenOver_IsFatal()
    {
        var (_, listener) = await _harness.StartAsync(instance: "one");
        await listener.NextAsync();

        var (_, other) = await _harness.StartAsync(instance: "one");
        Assert.StartsWith("assigned", await other.NextAsync(), StringComparison.Ordinal);
        _harness.Time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal("lost orders-0 orders-1 orders-2 orders-3", await listener.NextAsync());
        Assert.Equal("fatal FencedInstance", await listener.NextAsync());
    }

    [Fact]
    public async Task Instance_ThatRestarts_ComesBackToItsPartitionsWithoutARebalance()
    {
        var (first, listener) = await _harness.StartAsync(instance: "one");
        await listener.NextAsync();
        var (_, other) = await _harness.StartAsync(instance: "two");
        Assert.Equal("assigned orders-2 orders-3", await other.NextAsync());
        await first.DisposeAsync();
        var generation = (await _harness.DescribeAsync()).GenerationId;
        Assert.Equal(2, (await _harness.DescribeAsync()).Members.Count);

        var (_, back) = await _harness.StartAsync(instance: "one");

        Assert.Equal("assigned orders-0 orders-1", await back.NextAsync());
        Assert.Equal(generation, (await _harness.DescribeAsync()).GenerationId);
        Assert.True(other.HasSaidNothing);
    }

    [Fact]
    public async Task Assignors_WithNothingInCommon_AreFatal()
    {
        var (_, listener) = await _harness.StartAsync("range");
        await listener.NextAsync();

        var (_, other) = await _harness.StartAsync("roundrobin");

        Assert.Equal("fatal InconsistentGroupProtocol", await other.NextAsync());
        Assert.Contains("Assignors", other.Fatal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Assignors_ThatDoNotExist_AreRefused()
    {
        var error = Assert.Throws<StreamsException>(() => _harness.Create("fair"));

        Assert.Equal(StreamsErrorCode.InvalidConfiguration, error.Code);
        Assert.Contains("'fair'", error.Message, StringComparison.Ordinal);
    }

    // A member that knows only range joins a group that ran cooperatively. Everybody else still has partitions when the assignment is made,
    // and range may give them to anybody: they are lost before they are shared.
    [Fact]
    public async Task Assignors_ThatFallBackToAnEagerOne_LoseWhatWasKept()
    {
        var (_, listener) = await _harness.StartAsync("cooperative-sticky,range");
        await listener.NextAsync();

        var (_, other) = await _harness.StartAsync("range");

        Assert.Equal("lost orders-0 orders-1 orders-2 orders-3", await listener.NextAsync());
        var assigned = new[] { await listener.NextAsync(), await other.NextAsync() };
        Assert.Equal(["assigned orders-0 orders-1", "assigned orders-2 orders-3"], assigned.Order());
    }

    // The application starts its consumers while the broker still reads its records.
    [Fact]
    public async Task Start_BeforeTheCoordinatorHasLoaded_JoinsOnceItHas()
    {
        await using var harness = new ConsumerHarness(isLoaded: false);
        var (_, listener) = await harness.StartAsync();
        harness.Coordinator.Load();

        while (listener.HasSaidNothing)
        {
            harness.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        Assert.Equal("assigned orders-0 orders-1 orders-2 orders-3", await listener.NextAsync());
    }

    [Fact]
    public async Task Leave_BeforeTheStartOrWhileJoining_Ends()
    {
        var (never, _) = _harness.Create();
        await never.LeaveAsync(CancellationToken.None);

        await _harness.JoinAsStranger();
        var (joining, listener) = await _harness.StartAsync();
        while ((await _harness.DescribeAsync()).Members.Count < 2)
        {
            await Task.Yield();
        }

        await joining.LeaveAsync(CancellationToken.None);

        Assert.Single((await _harness.DescribeAsync()).Members);
        Assert.True(listener.HasSaidNothing);
    }

    [Fact]
    public async Task Dispose_LeavesTheGroupWithoutAsking()
    {
        var (consumer, listener) = await _harness.StartAsync();
        await listener.NextAsync();

        await consumer.DisposeAsync();

        Assert.True(listener.HasSaidNothing);
        Assert.Equal(GroupState.Empty, (await _harness.DescribeAsync()).State);
    }

    private static async Task AssertRefusedAsync(StreamsErrorCode code, ValueTask commit)
        => Assert.Equal(code, (await Assert.ThrowsAsync<StreamsException>(commit.AsTask)).Code);

    private async Task ThrowOutAsync(string memberId)
    {
        var answer = await _harness.Coordinator.LeaveAsync(
            new LeaveGroupRequest(ConsumerHarness.Group, [new LeavingMember(memberId)]),
            CancellationToken.None);
        Assert.Equal([GroupError.None], answer.Members);
    }
}
