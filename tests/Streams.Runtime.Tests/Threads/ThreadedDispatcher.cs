using System.Collections.Concurrent;
using System.Text;

namespace Streams.Runtime.Tests.Threads;

/// <summary>A handler on the thread pool that watches order and company. Some calls return at once, some go on elsewhere.</summary>
internal sealed class ThreadedDispatcher(ThreadedBroker broker, ProcessingOrder order, int callsMax, bool isManual) : HandlerDispatcher
{
    private readonly ConcurrentDictionary<(int Partition, string? Key), StrongBox> _lines = new();
    private int _running;

    public override object Create(IServiceProvider services) => this;

    public override int Route(string topic, ReadOnlySpan<byte> wireName) => 0;

    public override async ValueTask InvokeAsync(
        object handler,
        int route,
        ReadOnlyMemory<byte> payload,
        bool isTombstone,
        MessageContext context,
        HandlerResults results,
        CancellationToken cancellationToken)
    {
        var (partition, offset) = (context.Partition, context.Offset);
        var key = order == ProcessingOrder.PerKey ? Encoding.UTF8.GetString(context.Key.Span) : null;
        var line = order == ProcessingOrder.Unordered ? new() : _lines.GetOrAdd((partition, key), static _ => new());
        if (Interlocked.Increment(ref _running) > callsMax)
        {
            broker.Fail($"More than {callsMax} calls run.");
        }

        if (Interlocked.Exchange(ref line.IsRunning, 1) == 1)
        {
            broker.Fail($"{partition}@{offset} was called beside another of its {order} line.");
        }

        if (line.Token == cancellationToken && offset <= line.Last)
        {
            broker.Fail($"{partition}@{offset} was called after {line.Last}.");
        }

        (line.Token, line.Last) = (cancellationToken, offset);
        if (offset % 5 > 1)
        {
            await Task.Yield();
        }

        Volatile.Write(ref line.IsRunning, 0);
        Interlocked.Decrement(ref _running);
        broker.Complete(partition, offset);
        if (isManual)
        {
            context.Ack();
        }
    }

    private sealed class StrongBox
    {
        public int IsRunning;
        public CancellationToken Token;
        public long Last;
    }
}
