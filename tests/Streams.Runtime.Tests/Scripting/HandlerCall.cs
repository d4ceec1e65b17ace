namespace Streams.Runtime.Tests.Scripting;

/// <summary>One call of the scripted handler. Its outcomes tell the journal first, then the runtime.</summary>
internal sealed class HandlerCall
{
    private readonly DeliveryJournal _journal;
    private readonly TimeProvider _time;
    private long? _cancelledAt;

    public HandlerCall(MessageContext context, string? key, CancellationToken token, DeliveryJournal journal, TimeProvider time)
    {
        Context = context;
        Partition = new(context.Topic, context.Partition);
        Offset = context.Offset;
        Key = key;
        Token = token;
        _journal = journal;
        _time = time;
        token.UnsafeRegister(static state => ((HandlerCall)state!)._cancelledAt = ((HandlerCall)state)._time.GetTimestamp(), this);
    }

    public MessageContext Context { get; }

    public TopicPartition Partition { get; }

    public long Offset { get; }

    public string? Key { get; }

    public CancellationToken Token { get; }

    public TaskCompletionSource End { get; } = new();

    public bool HasEnded { get; set; }

    /// <summary>Whether it was cancelled and given its time to end: then nobody waits for it any more.</summary>
    public bool IsLeftBehind => _cancelledAt is { } at && _time.GetElapsedTime(at) >= TimeSpan.FromSeconds(1);

    public void Return() => End.TrySetResult();

    public void Throw(Exception? error = null) => End.TrySetException(error ?? new InvalidOperationException("The handler fails."));

    /// <summary>Throws the cancellation of its own token.</summary>
    public void Cancel() => End.TrySetException(new OperationCanceledException(Token));

    public void Ack()
    {
        _journal.Complete(Partition, Offset);
        Context.Ack();
    }

    public ValueTask CommitAsync(CancellationToken cancellationToken = default)
    {
        _journal.Complete(Partition, Offset);
        return Context.CommitAsync(cancellationToken);
    }

    public ValueTask SkipAsync(string reason)
    {
        _journal.Complete(Partition, Offset);
        return Context.SkipAsync(reason);
    }

    public override string ToString() => $"{Partition}@{Offset}{(Key is null ? "" : $"[{Key}]")}";
}
