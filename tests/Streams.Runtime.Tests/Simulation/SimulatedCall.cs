using Streams.Transport;

namespace Streams.Runtime.Tests.Simulation;

/// <summary>One call of a simulated handler, with the epoch of its partition at the time it was called.</summary>
internal sealed class SimulatedCall(MessageContext context, string? key, CancellationToken token, int epoch, TimeProvider time)
{
    private readonly TaskCompletionSource _end = new();
    private long? _cancelledAt;

    public MessageContext Context { get; } = context;

    public TopicPartition Partition { get; } = new(context.Topic, context.Partition);

    public long Offset { get; } = context.Offset;

    public string? Key { get; } = key;

    public CancellationToken Token { get; } = token;

    public int Epoch { get; } = epoch;

    /// <summary>Whether it does not end by itself.</summary>
    public bool Hangs { get; init; }

    public bool HasEnded { get; private set; }

    /// <summary>Whether an outcome was given under Manual.</summary>
    public bool HasOutcome { get; set; }

    /// <summary>The lease its partition had at the broker when it was called.</summary>
    public Lease? Lease { get; init; }

    /// <summary>How long nothing ran while the clock went on and its end was due: by that its cancellation may have come late.</summary>
    public TimeSpan Stalled { get; set; }

    /// <summary>Whether it was cancelled and given its time to end: then nobody waits for it any more.</summary>
    public bool IsLeftBehind
        => (_cancelledAt is { } at ? time.GetElapsedTime(at) : TimeSpan.Zero) + Stalled >= TimeSpan.FromSeconds(1);

    public ValueTask Running => new(_end.Task);

    public SimulatedCall Begin()
    {
        Token.UnsafeRegister(static state => ((SimulatedCall)state!).OnCancelled(), this);
        return this;
    }

    public void End(Exception? error = null)
    {
        HasEnded = true;
        if (error is null)
        {
            _end.TrySetResult();
        }
        else
        {
            _end.TrySetException(error);
        }
    }

    public override string ToString() => $"{Partition.Partition}@{Offset}{(Key is null ? "" : $"[{Key}]")}";

    private void OnCancelled() => _cancelledAt ??= time.GetTimestamp();
}
