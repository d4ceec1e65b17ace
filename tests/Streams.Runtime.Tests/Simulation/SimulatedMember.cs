using Streams.Runtime.Tests.Scripting;
using Streams.Transport;

namespace Streams.Runtime.Tests.Simulation;

/// <summary>A member as the contract of the transport has it: one call about assignment at a time, one answer per request, leases that end.</summary>
internal sealed class SimulatedMember(SimulatedBroker broker, ScriptedProcess process, IConsumerListener listener) : ITransportConsumer
{
    private readonly Dictionary<Lease, long> _requests = [];
    private readonly Queue<Lease[]> _assigned = new();
    private CancellationTokenSource? _patience;
    private bool _isOut;

    public string MemberId => "member";

    public List<HeldCommit> Held { get; } = [];

    public List<ScriptedBlock> Blocks { get; } = [];

    public bool HasLeft { get; private set; }

    /// <summary>Whether a revocation waits for its answer: nothing else about assignment is said meanwhile.</summary>
    public bool IsRevoking => _patience is not null;

    /// <summary>Whether the broker has thrown it out, and it does not know yet.</summary>
    public bool IsOut => _isOut;

    public IEnumerable<SimulatedPartition> Owned => broker.Partitions.Where(partition => partition.Lease is not null);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Assign(IEnumerable<SimulatedPartition> partitions)
    {
        var leases = partitions.Select(partition => partition.Lease = broker.NewLease(partition.Id)).ToArray();
        _assigned.Enqueue(leases);
        listener.OnAssigned(leases);
    }

    /// <summary>The runtime has heard of the next assignment.</summary>
    public void Adopt()
    {
        foreach (var lease in _assigned.Dequeue())
        {
            broker.Model.Adopt(broker.Find(lease.Partition), lease);
        }
    }

    public async Task RevokeAsync(List<SimulatedPartition> partitions)
    {
        var leases = partitions.ConvertAll(partition => partition.Lease!);
        using var patience = new CancellationTokenSource();
        _patience = patience;
        var troubles = broker.Troubles;
        await listener.OnRevokingAsync(leases, patience.Token);
        _patience = null;
        if (process.IsDead || HasLeft)
        {
            return;
        }

        if (_isOut || patience.IsCancellationRequested)
        {
            Lose(_isOut ? [.. Owned] : partitions);
            return;
        }

        if (broker.Troubles == troubles && Held.Count == 0)
        {
            partitions.ForEach(GaveUp);
        }

        partitions.ForEach(End);
    }

    /// <summary>Told of each partition given up in order with every commit answered well.</summary>
    public Action<SimulatedPartition> GaveUp { get; set; } = static _ => { };

    public void CancelPatience() => _patience?.Cancel();

    public void Lose(List<SimulatedPartition> partitions)
    {
        var leases = partitions.ConvertAll(partition => partition.Lease!);
        partitions.ForEach(End);
        _isOut = false;
        if (leases.Count > 0)
        {
            listener.OnLost(leases);
        }
    }

    public void Request(Lease lease, long offset)
    {
        if (broker.Find(lease.Partition).Lease == lease)
        {
            _requests[lease] = offset;
            Wake(lease.Partition);
        }
    }

    public void CancelRequest(Lease lease) => _requests.Remove(lease);

    public void Wake(TopicPartition partition) => process.Schedule(new Step(() => Serve(broker.Find(partition))));

    public ValueTask CommitAsync(IReadOnlyList<OffsetCommit> offsets, CancellationToken cancellationToken)
    {
        if (process.IsDead)
        {
            return new(new TaskCompletionSource().Task);
        }

        foreach (var commit in offsets)
        {
            var partition = broker.Find(commit.Lease.Partition);
            if (partition.Lease == commit.Lease)
            {
                broker.Model.Commit(partition, commit.Offset);
            }
        }

        var held = new HeldCommit([.. offsets], new());
        if (broker.IsTrouble())
        {
            Held.Add(held);
            cancellationToken.UnsafeRegister(_ => GiveUp(held, cancellationToken), null);
        }
        else
        {
            Answer(held, broker.IsTrouble() ? CommitFate.RefusedForNow : CommitFate.Stored);
        }

        return new(held.Answer.Task);
    }

    /// <summary>The commit reaches the broker, or does not.</summary>
    public void Answer(HeldCommit held, CommitFate fate)
    {
        broker.Troubles += Held.Remove(held) || fate != CommitFate.Stored ? 1 : 0;
        switch (fate)
        {
            case CommitFate.Fenced:
                _isOut = true;
                held.Answer.TrySetException(new StreamsException("Out.") { Code = StreamsErrorCode.UnknownMember });
                break;
            case CommitFate.RefusedForNow:
                held.Answer.TrySetException(broker.RefusalForNow());
                break;
            case CommitFate.RefusedForGood:
                broker.HasFailedForGood = true;
                held.Answer.TrySetException(new StreamsException("Failed.") { Code = StreamsErrorCode.StorageFailed });
                break;
            default:
                Store(held, fate);
                break;
        }
    }

    public Task LeaveAsync(CancellationToken cancellationToken)
    {
        HasLeft = true;
        foreach (var partition in Owned.ToArray())
        {
            End(partition);
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => default;

    // Whoever sent it waits no longer, and it never arrives.
    private void GiveUp(HeldCommit held, CancellationToken cancellationToken)
    {
        Held.Remove(held);
        broker.Troubles++;
        held.Answer.TrySetCanceled(cancellationToken);
    }

    private void Store(HeldCommit held, CommitFate fate)
    {
        if (_isOut || held.Offsets.Any(commit => broker.Find(commit.Lease.Partition).Lease != commit.Lease))
        {
            broker.Troubles++;
            held.Answer.TrySetException(new StreamsException("Ended.")
            {
                Code = _isOut ? StreamsErrorCode.UnknownMember : StreamsErrorCode.LeaseLost,
            });
            return;
        }

        foreach (var commit in held.Offsets)
        {
            broker.Find(commit.Lease.Partition).Committed = commit.Offset;
        }

        if (fate == CommitFate.Stored)
        {
            held.Answer.TrySetResult();
        }
        else
        {
            held.Answer.TrySetException(new StreamsException("No answer.") { Code = StreamsErrorCode.Timeout });
        }
    }

    private void End(SimulatedPartition partition)
    {
        _requests.Remove(partition.Lease!);
        partition.Lease = null;
    }

    private void Serve(SimulatedPartition partition)
    {
        if (partition.Lease is not { } lease || !_requests.TryGetValue(lease, out var offset) || partition.End <= offset)
        {
            return;
        }

        _requests.Remove(lease);
        if (broker.Chance.Next(400) < broker.Trouble)
        {
            listener.OnFetchFailed(lease, offset, broker.RefusalForNow());
            return;
        }

        // A batch may begin below the offset asked for.
        var first = broker.Chance.Next(8) == 0 ? offset - 2 : offset;
        var records = partition.Records.Where(record => record.Offset >= first).Take(1 + broker.Chance.Next(6)).ToArray();
        var isLast = records.Length == 0 || ReferenceEquals(records[^1], partition.Records[^1]);
        var next = isLast ? partition.End : records[^1].Offset + 1;
        if (next <= offset)
        {
            records = [.. partition.Records.Where(record => record.Offset >= offset).Take(1)];
            next = records.Length == 0 ? partition.End : records[0].Offset + 1;
        }

        var block = new ScriptedBlock(records, next);
        Blocks.Add(block);
        listener.OnBlock(lease, offset, block);
    }

    private sealed class Step(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }
}
