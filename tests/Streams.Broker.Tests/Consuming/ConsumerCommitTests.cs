using Streams.Broker.Groups.Requests;
using Streams.Transport;

namespace Streams.Broker.Tests.Consuming;

public sealed class ConsumerCommitTests : IAsyncDisposable
{
    private readonly ConsumerHarness _harness = new();

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Fact]
    public async Task Commit_OfALiveLease_IsFetched()
    {
        var (consumer, listener) = await _harness.StartAsync();
        await listener.NextAsync();

        await consumer.CommitAsync([new(listener[0], 5), new(listener[3], 7)], CancellationToken.None);

        Assert.Equal((5L, 7L, (long?)null), (Committed(0)!.Value, Committed(3)!.Value, Committed(1)));
    }

    [Theory]
    [InlineData("range")]
    [InlineData("cooperative-sticky")]
    public async Task Commit_InsideARevocation_StillWorks(string assignor)
    {
        var (consumer, listener) = await _harness.StartAsync(assignor);
        await listener.NextAsync();
        Lease? given = null;
        listener.Revoking = async (leases, token) =>
        {
            given = leases[^1];
            await consumer.CommitAsync([new(given, 42)], token);
        };

        var (_, other) = await _harness.StartAsync(assignor);
        await other.NextAsync();

        Assert.Equal(42, Committed(3));
        var error = await Assert.ThrowsAsync<StreamsException>(
            () => consumer.CommitAsync([new(given!, 43)], CancellationToken.None).AsTask());
        Assert.Equal(StreamsErrorCode.LeaseLost, error.Code);
        Assert.Equal(42, Committed(3));
    }

    // Another member leads and has not assigned yet: the group has gone on to the next generation, this member knows it or not, and keeps
    // its leases. That must not look like a loss.
    [Fact]
    public async Task Commit_ThatCrossesARebalance_IsToldToComeAgain()
    {
        var partitions = Enumerable.Range(0, 4).Select(number => new TopicPartition("orders", number)).ToArray();
        var stranger = await _harness.JoinAsStranger();
        await _harness.SyncAsStranger(stranger);
        var (consumer, listener) = await _harness.StartAsync();
        stranger = await JoinUntilBothAsync(stranger.MemberId);
        var own = stranger.Members.Single(member => member.MemberId != stranger.MemberId).MemberId;
        await _harness.SyncAsStranger(stranger, (own, partitions));
        Assert.StartsWith("assigned", await listener.NextAsync(), StringComparison.Ordinal);

        var again = await _harness.JoinAsStranger(stranger.MemberId);
        Assert.Equal(stranger.GenerationId + 1, again.GenerationId);

        var error = await Assert.ThrowsAsync<StreamsException>(
            () => consumer.CommitAsync([new(listener[0], 1)], CancellationToken.None).AsTask());
        Assert.Equal(StreamsErrorCode.RebalanceInProgress, error.Code);

        // It keeps everything in the new generation too, and the commit passes.
        await _harness.SyncAsStranger(again, (own, partitions));
        while (await CommitAsync(consumer, listener[0]) is { } code)
        {
            Assert.Equal(StreamsErrorCode.RebalanceInProgress, code);
        }

        Assert.True(listener.HasSaidNothing);
        Assert.Equal(1, Committed(0));
    }

    [Fact]
    public async Task Commit_OfAMemberThatWasThrownOut_LosesEverything()
    {
        var (consumer, listener) = await _harness.StartAsync();
        await listener.NextAsync();
        await _harness.Coordinator.LeaveAsync(
            new LeaveGroupRequest(ConsumerHarness.Group, [new LeavingMember(consumer.MemberId)]),
            CancellationToken.None);

        var error = await Assert.ThrowsAsync<StreamsException>(
            () => consumer.CommitAsync([new(listener[0], 1)], CancellationToken.None).AsTask());

        Assert.Equal(StreamsErrorCode.UnknownMember, error.Code);
        Assert.Equal("lost orders-0 orders-1 orders-2 orders-3", await listener.NextAsync());
        Assert.Equal("assigned orders-0 orders-1 orders-2 orders-3", await listener.NextAsync());
        Assert.Null(Committed(0));
    }

    [Fact]
    public async Task Commit_WhenTheDiskFails_SaysSo()
    {
        var (consumer, listener) = await _harness.StartAsync();
        await listener.NextAsync();
        _harness.Log.Failure = new StreamsException("disk") { Code = StreamsErrorCode.StorageFailed };

        var error = await Assert.ThrowsAsync<StreamsException>(
            () => consumer.CommitAsync([new(listener[0], 1)], CancellationToken.None).AsTask());

        Assert.Equal(StreamsErrorCode.StorageFailed, error.Code);
        _harness.Log.Failure = null;
    }

    private static async Task<StreamsErrorCode?> CommitAsync(ITransportConsumer consumer, Lease lease)
    {
        try
        {
            await consumer.CommitAsync([new(lease, 1)], CancellationToken.None);
            return null;
        }
        catch (StreamsException exception)
        {
            await Task.Yield();
            return exception.Code;
        }
    }

    // The consumer joins on its own thread: whichever comes first, in the end one join phase has both.
    private async Task<JoinGroupAnswer> JoinUntilBothAsync(string memberId)
    {
        while (true)
        {
            var joined = await _harness.JoinAsStranger(memberId);
            if (joined.Members.Count == 2)
            {
                return joined;
            }

            await _harness.SyncAsStranger(joined);
        }
    }

    private long? Committed(int partition)
        => _harness.Coordinator.FetchOffsets(ConsumerHarness.Group, null)
            .GetValueOrDefault(new TopicPartition("orders", partition))?.Offset;
}
