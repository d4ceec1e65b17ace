using Microsoft.Extensions.Logging.Abstractions;
using Streams.Broker.Transport.Consuming;
using Streams.Transport;

namespace Streams.Broker.Tests.Consuming;

/// <summary>One request, one answer. The test runs the work itself, so every order can be made.</summary>
public sealed class FetchTests : IAsyncDisposable
{
    private readonly ConsumerHarness _harness = new(partitions: 2);
    private readonly Queue<IThreadPoolWorkItem> _work = new();
    private readonly Lock _gate = new();

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Fact]
    public async Task Request_WhenThereIsData_IsAnsweredOnce()
    {
        var (consumer, listener, lease, feed) = await StartAsync();
        feed.MoveEnd(3);

        consumer.Request(lease, 1);
        Assert.False(listener.HasFetch);
        Run();

        Assert.Equal((lease, 1, null), await listener.NextFetchAsync());
        Assert.False(listener.HasFetch);
        Assert.All(feed.Blocks, block => Assert.True(block.IsReturned));
    }

    [Fact]
    public async Task Request_WhenThereIsNone_WaitsWithoutWork()
    {
        var (consumer, listener, lease, feed) = await StartAsync();

        consumer.Request(lease, 0);
        Run();
        Assert.Equal((1, false), (feed.WaiterCount, listener.HasFetch));

        feed.MoveEnd(1);
        Run();
        Assert.Equal((lease, 0, null), await listener.NextFetchAsync());
        Assert.Equal(0, feed.WaiterCount);
    }

    // The runtime seeks: the request before it must not be answered, wherever it stands.
    [Fact]
    public async Task Request_ThatReplacesAnother_IsTheOnlyOneAnswered()
    {
        var (consumer, listener, lease, feed) = await StartAsync();
        feed.MoveEnd(10);

        consumer.Request(lease, 3);
        consumer.Request(lease, 4);
        Run();
        Assert.Equal(4, (await listener.NextFetchAsync()).Offset);

        consumer.Request(lease, 10);
        Run();
        consumer.Request(lease, 5);
        feed.MoveEnd(11);
        Run();
        Assert.Equal(5, (await listener.NextFetchAsync()).Offset);

        feed.DuringRead = () =>
        {
            feed.DuringRead = null;
            consumer.Request(lease, 7);
        };
        consumer.Request(lease, 6);
        Run();
        Assert.Equal(7, (await listener.NextFetchAsync()).Offset);
        Assert.False(listener.HasFetch);
        Assert.All(feed.Blocks, block => Assert.True(block.IsReturned));
    }

    [Fact]
    public async Task CancelRequest_BeforeDuringOrAfterTheWait_LeavesNoAnswer()
    {
        var (consumer, listener, lease, feed) = await StartAsync();

        consumer.Request(lease, 0);
        consumer.CancelRequest(lease);
        Run();
        Assert.Equal(0, feed.WaiterCount);

        consumer.Request(lease, 0);
        Run();
        consumer.CancelRequest(lease);
        Assert.Equal(0, feed.WaiterCount);
        feed.MoveEnd(1);
        Run();

        feed.DuringRead = () => consumer.CancelRequest(lease);
        consumer.Request(lease, 0);
        Run();

        Assert.False(listener.HasFetch);
        Assert.All(feed.Blocks, block => Assert.True(block.IsReturned));
    }

    // There is nothing to read; before the wait is registered, a record comes. The wake-up must not be lost.
    [Fact]
    public async Task Request_WhenDataComesBetweenTheLookAndTheWait_IsAnswered()
    {
        var (consumer, listener, lease, feed) = await StartAsync();
        feed.DuringRead = () =>
        {
            feed.DuringRead = null;
            feed.MoveEnd(1);
        };

        consumer.Request(lease, 0);
        Run();

        Assert.Equal(0, (await listener.NextFetchAsync()).Offset);
    }

    [Fact]
    public async Task Request_OutsideTheLog_FailsAndTheNextOneWorks()
    {
        var (consumer, listener, lease, feed) = await StartAsync();
        feed.MoveEnd(5);
        feed.Start = 3;

        consumer.Request(lease, 1);
        Run();
        var failed = await listener.NextFetchAsync();
        Assert.Equal((1, StreamsErrorCode.OffsetOutOfRange), (failed.Offset, failed.Error!.Code));

        consumer.Request(lease, 3);
        Run();
        Assert.Null((await listener.NextFetchAsync()).Error);
    }

    [Fact]
    public async Task Request_WhenReadingThrowsAnything_FailsInsteadOfEndingTheProcess()
    {
        var (consumer, listener, lease, feed) = await StartAsync();
        feed.DuringRead = () => throw new InvalidOperationException("bug");

        consumer.Request(lease, 0);
        Run();

        Assert.IsType<InvalidOperationException>((await listener.NextFetchAsync()).Error!.InnerException);
    }

    // The lease ends while its request waits, and while a block is being read.
    [Fact]
    public async Task Request_OfALeaseThatEnds_IsNeverAnswered()
    {
        var (consumer, listener, lease, feed) = await StartAsync();
        consumer.Request(lease, 0);
        Run();
        await consumer.LeaveAsync(CancellationToken.None);

        Assert.Equal(0, feed.WaiterCount);
        feed.MoveEnd(1);
        consumer.Request(lease, 0);
        Run();
        Assert.False(listener.HasFetch);
    }

    // The runtime asks for the next block inside OnBlock, and there is always one. The stack must not grow, other leases must have their
    // turn, and nothing is allocated for a block.
    [Fact]
    public async Task Request_InsideOnBlock_NeitherRecursesNorStarvesNorAllocates()
    {
        const int Blocks = 100_000;
        var listener = new AskingListener(Blocks);
        var settings = new ConsumerSettings { GroupId = "asking", Topics = ["orders"] };
        await using var consumer = new EmbeddedConsumer(
            settings,
            listener,
            _harness.Coordinator,
            _harness.Data,
            _harness.Time,
            NullLogger<EmbeddedConsumer>.Instance,
            Schedule);
        listener.Consumer = consumer;
        await consumer.StartAsync(CancellationToken.None);
        var lease = await listener.Assigned.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var feed = _harness.Data.Feed(lease.Partition);
        feed.ReusesOneBlock = true;
        feed.MoveEnd(long.MaxValue);

        consumer.Request(lease, 0);
        RunOne();
        Assert.Equal(ConsumingDefaults.BlocksInARowMax, listener.Count);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal((Blocks, 1), (listener.Count, listener.DepthMax));
        Assert.True(allocated < 1_000, $"{allocated} bytes were allocated for {Blocks} blocks.");
    }

    // Many threads ask, cancel and feed two leases at random on the real pool: blocks of one lease come one at a time (the listener checks
    // it), nothing is answered twice, and in the end a last request is answered.
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Request_FromManyThreads_KeepsTheContract(int seed)
    {
        await using var harness = new ConsumerHarness(partitions: 2);
        var (consumer, listener) = await harness.StartAsync();
        await listener.NextAsync();
        var answers = 0;
        var requests = 0;
        listener.Block = (_, _, block) =>
        {
            Interlocked.Increment(ref answers);
            block.Release();
        };
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            var random = new Random((seed * 10) + worker);
            for (var step = 0; step < 5_000; step++)
            {
                var lease = listener[random.Next(2)];
                switch (random.Next(4))
                {
                    case 0:
                        harness.Data.Feed(lease.Partition).MoveEnd(random.Next(100));
                        break;
                    case 1:
                        consumer.CancelRequest(lease);
                        break;
                    default:
                        Interlocked.Increment(ref requests);
                        consumer.Request(lease, 0);
                        break;
                }
            }
        })));

        Assert.True(answers <= requests, $"{answers} answers to {requests} requests, seed {seed}");
        listener.Block = null;
        harness.Data.Feed(listener[0].Partition).MoveEnd(1);
        consumer.CancelRequest(listener[0]);
        consumer.CancelRequest(listener[1]);
        consumer.Request(listener[0], 0);

        // One of the other lease may have been on its way when it was taken back.
        while ((await listener.NextFetchAsync()).Lease != listener[0])
        {
        }
    }

    private async Task<(EmbeddedConsumer Consumer, RecordingListener Listener, Lease Lease, TestFeed Feed)> StartAsync()
    {
        var (consumer, listener) = _harness.Create(schedule: Schedule);
        await consumer.StartAsync(CancellationToken.None);
        await listener.NextAsync();
        return (consumer, listener, listener[0], _harness.Data.Feed(new TopicPartition("orders", 0)));
    }

    private void Schedule(IThreadPoolWorkItem item)
    {
        lock (_gate)
        {
            _work.Enqueue(item);
        }
    }

    private void Run()
    {
        while (RunOne())
        {
        }
    }

    private bool RunOne()
    {
        IThreadPoolWorkItem? item;
        lock (_gate)
        {
            _work.TryDequeue(out item);
        }

        item?.Execute();
        return item is not null;
    }

    /// <summary>Asks for the next block inside each answer.</summary>
    private sealed class AskingListener(int blocks) : IConsumerListener
    {
        private int _depth;

        public TaskCompletionSource<Lease> Assigned { get; } = new();

        public ITransportConsumer? Consumer { get; set; }

        public int Count { get; private set; }

        public int DepthMax { get; private set; }

        public void OnAssigned(IReadOnlyList<Lease> leases) => Assigned.SetResult(leases[0]);

        public ValueTask OnRevokingAsync(IReadOnlyList<Lease> leases, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public void OnLost(IReadOnlyList<Lease> leases) => throw new InvalidOperationException("nothing is lost here");

        public void OnBlock(Lease lease, long offset, RecordBlock block)
        {
            _depth++;
            DepthMax = Math.Max(DepthMax, _depth);
            block.Release();
            if (++Count < blocks)
            {
                Consumer!.Request(lease, offset + 1);
            }

            _depth--;
        }

        public void OnFetchFailed(Lease lease, long offset, StreamsException error) => throw error;

        public void OnFatal(StreamsException error) => throw error;
    }
}
