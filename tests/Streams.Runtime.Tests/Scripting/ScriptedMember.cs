using Streams.Transport;

namespace Streams.Runtime.Tests.Scripting;

/// <summary>The member of a scripted group. Answers fetches as work items of the test's scheduler; commits are answered at once, held, or refused.</summary>
internal sealed class ScriptedMember(ScriptedTransport transport, ConsumerSettings settings, IConsumerListener listener)
    : ITransportConsumer
{
    private readonly Dictionary<TopicPartition, Lease> _leases = [];
    private readonly Dictionary<Lease, long> _requests = [];
    private readonly List<(Dictionary<TopicPartition, long> Offsets, TaskCompletionSource Answer)> _held = [];

    public string MemberId { get; } = "member-1";

    public ConsumerSettings Settings => settings;

    /// <summary>Every commit sent, in order, refused ones included.</summary>
    public List<Dictionary<TopicPartition, long>> Commits { get; } = [];

    /// <summary>Answers of the next commits; none means success.</summary>
    public Queue<StreamsException> CommitFailures { get; } = new();

    /// <summary>Whether commits wait for <see cref="AnswerCommits"/>.</summary>
    public bool HoldsCommits { get; set; }

    public int HeldCommits => _held.Count;

    public bool HasLeft { get; private set; }

    /// <summary>Whether the coordinator does not answer when it leaves.</summary>
    public bool NeverLeaves { get; set; }

    /// <summary>Whether its process has died: it sends nothing any more and hears of nothing.</summary>
    public bool IsDead { get; private set; }

    public Action? BeforeCommit { get; set; }

    public IReadOnlyDictionary<TopicPartition, Lease> Leases => _leases;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Assign(params TopicPartition[] partitions)
    {
        var leases = partitions.Select(transport.NewLease).ToArray();
        foreach (var lease in leases)
        {
            _leases[lease.Partition] = lease;
        }

        listener.OnAssigned(leases);
    }

    public Task RevokeAsync(CancellationToken cancellationToken, params TopicPartition[] partitions)
    {
        var leases = partitions.Select(partition => _leases[partition]).ToArray();
        return EndAsync();

        async Task EndAsync()
        {
            await listener.OnRevokingAsync(leases, cancellationToken);
            foreach (var lease in leases)
            {
                _leases.Remove(lease.Partition);
                _requests.Remove(lease);
            }
        }
    }

    public void Lose(params TopicPartition[] partitions)
    {
        var leases = partitions.Select(partition => _leases[partition]).ToArray();
        foreach (var lease in leases)
        {
            _leases.Remove(lease.Partition);
            _requests.Remove(lease);
        }

        listener.OnLost(leases);
    }

    public void FailFetch(TopicPartition partition, StreamsException error)
    {
        var lease = _leases[partition];
        _requests.Remove(lease, out var offset);
        listener.OnFetchFailed(lease, offset, error);
    }

    public void Fatal(StreamsException error) => listener.OnFatal(error);

    public void Deliver(TopicPartition partition, long offset, RecordBlock block) => listener.OnBlock(_leases[partition], offset, block);

    public long? RequestOf(TopicPartition partition)
        => _leases.TryGetValue(partition, out var lease) && _requests.TryGetValue(lease, out var offset) ? offset : null;

    public void Request(Lease lease, long offset)
    {
        if (_leases.GetValueOrDefault(lease.Partition) == lease)
        {
            _requests[lease] = offset;
            transport.Scheduler.Schedule(new Step(() => Serve(lease)));
        }
    }

    public void CancelRequest(Lease lease) => _requests.Remove(lease);

    public void Wake(TopicPartition partition)
    {
        if (_leases.TryGetValue(partition, out var lease))
        {
            transport.Scheduler.Schedule(new Step(() => Serve(lease)));
        }
    }

    public ValueTask CommitAsync(IReadOnlyList<OffsetCommit> offsets, CancellationToken cancellationToken)
    {
        BeforeCommit?.Invoke();
        var sent = offsets.ToDictionary(commit => commit.Lease.Partition, commit => commit.Offset);
        if (IsDead)
        {
            return new(new TaskCompletionSource().Task);
        }

        Commits.Add(sent);
        foreach (var (partition, offset) in sent)
        {
            transport.Journal.Commit(partition, offset);
        }

        if (CommitFailures.TryDequeue(out var failure))
        {
            return ValueTask.FromException(failure);
        }

        if (offsets.Any(commit => _leases.GetValueOrDefault(commit.Lease.Partition) != commit.Lease))
        {
            return ValueTask.FromException(new StreamsException("Not yours.") { Code = StreamsErrorCode.LeaseLost });
        }

        if (HoldsCommits)
        {
            var answer = new TaskCompletionSource();
            cancellationToken.UnsafeRegister(_ => answer.TrySetCanceled(cancellationToken), null);
            _held.Add((sent, answer));
            return new(answer.Task);
        }

        Store(sent);
        return default;
    }

    /// <summary>Answers every held commit.</summary>
    public void AnswerCommits(StreamsException? error = null)
    {
        foreach (var (offsets, answer) in _held.ToArray())
        {
            if (error is not null)
            {
                answer.TrySetException(error);
                continue;
            }

            Store(offsets);
            answer.TrySetResult();
        }

        _held.Clear();
    }

    /// <summary>The next commits are answered with an error.</summary>
    public void Refuse(StreamsErrorCode code, int times = 1)
    {
        for (var time = 0; time < times; time++)
        {
            CommitFailures.Enqueue(new($"The script answers {code}.") { Code = code });
        }
    }

    /// <summary>The broker takes every held commit; its answers are still on the way.</summary>
    public void StoreHeldCommits() => _held.ForEach(commit => Store(commit.Offsets));

    /// <summary>The process dies: held commits are never answered, and none of them has reached the broker.</summary>
    public void Die()
    {
        IsDead = true;
        _leases.Clear();
        _requests.Clear();
        _held.Clear();
    }

    public Task LeaveAsync(CancellationToken cancellationToken)
    {
        if (NeverLeaves)
        {
            var answer = new TaskCompletionSource();
            cancellationToken.UnsafeRegister(_ => answer.TrySetCanceled(cancellationToken), null);
            return answer.Task;
        }

        HasLeft = true;
        _leases.Clear();
        _requests.Clear();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => default;

    private void Store(Dictionary<TopicPartition, long> offsets)
    {
        foreach (var (partition, offset) in offsets)
        {
            transport.Committed[partition] = offset;
        }
    }

    private void Serve(Lease lease)
    {
        if (!transport.IsServing || !_requests.TryGetValue(lease, out var offset) || transport[lease.Partition].End <= offset)
        {
            return;
        }

        _requests.Remove(lease);
        var partition = transport[lease.Partition];
        var records = partition.Records.Where(record => record.Offset >= offset).Take(transport.BlockRecordsMax).ToArray();
        var isLast = records.Length == 0 || ReferenceEquals(records[^1], partition.Records[^1]);
        var block = new ScriptedBlock(records, isLast ? partition.End : records[^1].Offset + 1);
        transport.Blocks.Add(block);
        listener.OnBlock(lease, offset, block);
    }

    private sealed class Step(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }
}
