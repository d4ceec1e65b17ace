using Streams.Runtime.Tests.Scripting;
using Streams.Transport;

namespace Streams.Runtime.Tests.Threads;

/// <summary>
/// A broker and its one member on the thread pool, thread-safe, with a fixed number of records per partition. Checks every commit against
/// what handlers have completed.
/// </summary>
internal sealed class ThreadedBroker(int partitions, int records) : ITransport, ITransportConsumer
{
    private readonly Lock _gate = new();
    private readonly Lease?[] _leases = new Lease?[partitions];
    private readonly long[] _committed = new long[partitions];
    private readonly bool[][] _completed = [.. Enumerable.Range(0, partitions).Select(_ => new bool[records])];
    private readonly int[] _frontiers = new int[partitions];
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IConsumerListener? _listener;
    private long _epoch;

    public string? Fault { get; private set; }

    /// <summary>Gets what completes when every partition is committed to its end, or something is wrong.</summary>
    public Task Done => _done.Task;

    public string MemberId => "member";

    public ITopics Topics => throw new NotSupportedException();

    public void Complete(int partition, long offset)
    {
        lock (_gate)
        {
            _completed[partition][offset] = true;
        }
    }

    public void Fail(string fault)
    {
        Fault ??= fault;
        _done.TrySetResult();
    }

    public void Assign(params int[] numbers)
    {
        Lease[] leases;
        lock (_gate)
        {
            leases = [.. numbers.Select(number => _leases[number] = new(new("orders", number), ++_epoch))];
        }

        _listener!.OnAssigned(leases);
    }

    public async Task RevokeAsync(int number)
    {
        await _listener!.OnRevokingAsync([_leases[number]!], default);
        lock (_gate)
        {
            _leases[number] = null;
        }
    }

    public void Lose(int number)
    {
        Lease lease;
        lock (_gate)
        {
            lease = _leases[number]!;
            _leases[number] = null;
        }

        _listener!.OnLost([lease]);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ITransportProducer CreateProducer(ProducerSettings settings) => throw new NotSupportedException();

    public ITransportConsumer CreateConsumer(ConsumerSettings settings, IConsumerListener listener)
    {
        _listener = listener;
        return this;
    }

    public void Request(Lease lease, long offset) => ThreadPool.QueueUserWorkItem(_ =>
    {
        lock (_gate)
        {
            if (_leases[lease.Partition.Partition] != lease || offset >= records)
            {
                return;
            }
        }

        var some = Enumerable.Range((int)offset, (int)Math.Min(1 + (offset % 97), records - offset));
        _listener!.OnBlock(lease, offset, new ScriptedBlock(some.Select(Record), some.Last() + 1));
    });

    public void CancelRequest(Lease lease)
    {
    }

    public async ValueTask CommitAsync(IReadOnlyList<OffsetCommit> offsets, CancellationToken cancellationToken)
    {
        if (offsets[0].Offset % 3 > 0)
        {
            await Task.Yield();
        }

        lock (_gate)
        {
            if (offsets.Any(commit => _leases[commit.Lease.Partition.Partition] != commit.Lease))
            {
                throw new StreamsException("Ended.") { Code = StreamsErrorCode.LeaseLost };
            }

            foreach (var commit in offsets)
            {
                Store(commit.Lease.Partition.Partition, commit.Offset);
            }

            if (Array.TrueForAll(_committed, committed => committed == records))
            {
                _done.TrySetResult();
            }
        }
    }

    public Task LeaveAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask<RecordBlock> ReadAsync(TopicPartition partition, long offset, int bytesMax, CancellationToken cancellationToken)
        => throw new NotSupportedException();

    public ValueTask<IReadOnlyDictionary<TopicPartition, OffsetRange>> OffsetRangesAsync(
        IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken)
        => new(partitions.ToDictionary(partition => partition, _ => new OffsetRange(0, records)));

    public ValueTask<long> OffsetAtAsync(TopicPartition partition, long timestamp, CancellationToken cancellationToken)
        => throw new NotSupportedException();

    public ValueTask<IReadOnlyDictionary<TopicPartition, long>> CommittedOffsetsAsync(
        string groupId, IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(partitions.ToDictionary(partition => partition, partition => _committed[partition.Partition]));
        }
    }

    public ValueTask<IReadOnlyDictionary<TopicPartition, string>> AssignmentAsync(string groupId, CancellationToken cancellationToken)
        => throw new NotSupportedException();

    public ValueTask DisposeAsync() => default;

    private static ScriptedRecord Record(int offset)
        => new(offset, $"key-{offset * 31 % 17}", [1], new() { { StreamsHeaders.Type, "Order" } });

    private void Store(int partition, long offset)
    {
        ref var frontier = ref _frontiers[partition];
        while (frontier < records && _completed[partition][frontier])
        {
            frontier++;
        }

        if (offset > frontier)
        {
            Fail($"Partition {partition}: {offset} is committed, and {frontier} is not handled.");
        }

        _committed[partition] = offset;
    }
}
