using System.Text;

namespace Streams.Runtime.Tests.Scripting;

/// <summary>A dispatcher written by hand: calls are recorded, and end when the test says so, or at once.</summary>
internal sealed class ScriptedDispatcher(DeliveryJournal journal, TimeProvider time, params string[] types) : HandlerDispatcher
{
    private readonly byte[][] _types = [.. types.Select(Encoding.UTF8.GetBytes)];

    private readonly Lock _ending = new();

    public List<HandlerCall> Calls { get; } = [];

    /// <summary>What a call does; null lets it return at once, <see cref="Hold"/> leaves it to the test.</summary>
    public Func<HandlerCall, HandlerResults, ValueTask>? Handle { get; set; }

    public List<string> Events { get; } = [];

    public List<CommitResult> Results { get; } = [];

    public Action<string>? OnEvent { get; set; }

    public int Instances { get; private set; }

    public bool TakesTombstones { get; set; }

    /// <summary>Whether a return completes nothing: its outcomes do (Manual).</summary>
    public bool IsManual { get; set; }

    public ProcessingOrder Order { get; set; }

    /// <summary>How many calls may run at once.</summary>
    public Func<int> CallsMax { get; set; } = static () => int.MaxValue;

    public IEnumerable<long> Offsets => Calls.Select(call => call.Offset);

    /// <summary>Calls that have not ended, oldest first.</summary>
    public List<HandlerCall> Open { get; } = [];

    public static ValueTask Hold(HandlerCall call, HandlerResults results) => new(call.End.Task);

    public override object Create(IServiceProvider services)
    {
        Instances++;
        return new object();
    }

    public override int Route(string topic, ReadOnlySpan<byte> wireName)
    {
        for (var index = 0; index < _types.Length; index++)
        {
            if (wireName.SequenceEqual(_types[index]))
            {
                return index;
            }
        }

        return -1;
    }

    public override bool AcceptsTombstone(int route) => TakesTombstones;

    public override ValueTask InvokeAsync(
        object handler,
        int route,
        ReadOnlyMemory<byte> payload,
        bool isTombstone,
        MessageContext context,
        HandlerResults results,
        CancellationToken cancellationToken)
    {
        var call = new HandlerCall(
            context, context.HasKey ? Encoding.UTF8.GetString(context.Key.Span) : null, cancellationToken, journal, time);
        journal.Begin(call, Open, Order, CallsMax());
        Calls.Add(call);
        Open.Add(call);
        var running = Begin(call, results);
        if (!running.IsCompletedSuccessfully)
        {
            return EndAsync(call, running);
        }

        End(call, isDone: true);
        return default;
    }

    public override void OnCommitted(object handler, CommitResult result)
    {
        Results.Add(result);
        Note(result.IsSuccess ? "committed " + string.Join(",", result.Offsets.Values) : "failed " + result.Error!.Code);
    }

    public override void OnPartitionsAssigned(object handler, IReadOnlyList<TopicPartition> partitions)
        => Note("assigned " + string.Join(",", partitions));

    public override void OnPartitionsRevoked(object handler, IReadOnlyList<TopicPartition> partitions)
        => Note("revoked " + string.Join(",", partitions));

    public override void OnPartitionsLost(object handler, IReadOnlyList<TopicPartition> partitions)
        => Note("lost " + string.Join(",", partitions));

    private ValueTask Begin(HandlerCall call, HandlerResults results)
    {
        try
        {
            return Handle?.Invoke(call, results) ?? default;
        }
        catch
        {
            End(call, isDone: false);
            throw;
        }
    }

    private async ValueTask EndAsync(HandlerCall call, ValueTask running)
    {
        var isDone = false;
        try
        {
            await running;
            isDone = true;
        }
        finally
        {
            End(call, isDone);
        }
    }

    private void End(HandlerCall call, bool isDone)
    {
        // Handlers may end on several threads at once; all else happens on the test's.
        lock (_ending)
        {
            call.HasEnded = true;
            Open.Remove(call);
            if (isDone && !IsManual)
            {
                journal.Complete(call.Partition, call.Offset);
            }
        }
    }

    private void Note(string what)
    {
        Events.Add(what);
        OnEvent?.Invoke(what);
    }
}
