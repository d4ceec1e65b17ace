namespace Streams.Runtime.Tests.Steady;

/// <summary>A handler that makes one message object per record and allocates nothing else; it returns at once, or when the test says so.</summary>
internal sealed class SteadyDispatcher : HandlerDispatcher
{
    private readonly Queue<SteadyCall> _running = new(64);
    private readonly Stack<SteadyCall> _idle = new(Enumerable.Range(0, 64).Select(_ => new SteadyCall()));

    public bool EndsLater { get; set; }

    public long Count { get; private set; }

    public long Digest { get; private set; }

    public object? Message { get; private set; }

    public override object Create(IServiceProvider services) => this;

    public override int Route(string topic, ReadOnlySpan<byte> wireName) => wireName.SequenceEqual("Order"u8) ? 0 : -1;

    public override ValueTask InvokeAsync(
        object handler,
        int route,
        ReadOnlyMemory<byte> payload,
        bool isTombstone,
        MessageContext context,
        HandlerResults results,
        CancellationToken cancellationToken)
    {
        Message = new object();
        Count++;
        Digest += context.Offset + context.Key.Length + payload.Length + context.Partition;
        if (!EndsLater)
        {
            return default;
        }

        var call = _idle.Pop();
        _running.Enqueue(call);
        return call.Begin();
    }

    /// <summary>Ends the oldest call.</summary>
    public bool TryEndOne()
    {
        if (!_running.TryDequeue(out var call))
        {
            return false;
        }

        // First idle, then ended: what goes on may call the handler again at once.
        _idle.Push(call);
        call.End();
        return true;
    }
}
