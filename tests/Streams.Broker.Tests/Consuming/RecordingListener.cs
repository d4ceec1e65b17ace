using System.Collections.Concurrent;
using System.Threading.Channels;
using Streams.Transport;

namespace Streams.Broker.Tests.Consuming;

/// <summary>Writes down what a consumer is told, in order, and fails on calls that overlap where they must not.</summary>
internal sealed class RecordingListener : IConsumerListener
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<string> _assignments = Channel.CreateUnbounded<string>();
    private readonly Channel<(Lease Lease, long Offset, StreamsException? Error)> _fetches =
        Channel.CreateUnbounded<(Lease, long, StreamsException?)>();

    private readonly ConcurrentDictionary<TopicPartition, Lease> _leases = new();
    private readonly ConcurrentDictionary<Lease, bool> _inBlock = new();
    private int _inAssignment;

    public Func<IReadOnlyList<Lease>, CancellationToken, ValueTask>? Revoking { get; set; }

    public Action<Lease, long, RecordBlock>? Block { get; set; }

    public StreamsException? Fatal { get; private set; }

    public string? Overlap { get; private set; }

    public IReadOnlyList<TopicPartition> Partitions => [.. _leases.Keys.Order()];

    public Lease this[int partition, string topic = "orders"] => _leases[new TopicPartition(topic, partition)];

    /// <summary>Returns the next thing said about assignment.</summary>
    public async Task<string> NextAsync() => await _assignments.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>Returns the next answer to a request.</summary>
    public async Task<(Lease Lease, long Offset, StreamsException? Error)> NextFetchAsync()
        => await _fetches.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public bool HasFetch => _fetches.Reader.TryPeek(out _);

    public bool HasSaidNothing => !_assignments.Reader.TryPeek(out _);

    public void OnAssigned(IReadOnlyList<Lease> leases) => Say("assigned", leases, () =>
    {
        foreach (var lease in leases)
        {
            _leases[lease.Partition] = lease;
        }
    });

    public async ValueTask OnRevokingAsync(IReadOnlyList<Lease> leases, CancellationToken cancellationToken)
    {
        Enter();
        _assignments.Writer.TryWrite("revoking " + Text(leases));
        try
        {
            if (Revoking is not null)
            {
                await Revoking(leases, cancellationToken);
            }

            foreach (var lease in leases)
            {
                _leases.TryRemove(lease.Partition, out _);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inAssignment);
        }
    }

    public void OnLost(IReadOnlyList<Lease> leases) => Say("lost", leases, () =>
    {
        foreach (var lease in leases)
        {
            _leases.TryRemove(lease.Partition, out _);
        }
    });

    public void OnBlock(Lease lease, long offset, RecordBlock block)
    {
        if (!_inBlock.TryAdd(lease, true))
        {
            Overlap = $"two blocks of {lease} at once";
        }

        if (Block is not null)
        {
            Block(lease, offset, block);
        }
        else
        {
            _fetches.Writer.TryWrite((lease, offset, null));
            block.Release();
        }

        _inBlock.TryRemove(lease, out _);
    }

    public void OnFetchFailed(Lease lease, long offset, StreamsException error) => _fetches.Writer.TryWrite((lease, offset, error));

    public void OnFatal(StreamsException error)
    {
        Fatal = error;
        Say("fatal " + error.Code, [], () => { });
    }

    private static string Text(IReadOnlyList<Lease> leases) => string.Join(' ', leases.Select(lease => lease.Partition.ToString()));

    private void Say(string what, IReadOnlyList<Lease> leases, Action change)
    {
        Enter();
        change();
        _assignments.Writer.TryWrite((what + " " + Text(leases)).TrimEnd());
        Interlocked.Decrement(ref _inAssignment);
    }

    private void Enter()
    {
        if (Interlocked.Increment(ref _inAssignment) != 1)
        {
            Overlap = "two calls about assignment at once";
        }
    }
}
