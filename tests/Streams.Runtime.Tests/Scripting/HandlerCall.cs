namespace Streams.Runtime.Tests.Scripting;

/// <summary>One call of the scripted handler.</summary>
internal sealed class HandlerCall(MessageContext context, string? key, CancellationToken token)
{
    public MessageContext Context { get; } = context;

    public TopicPartition Partition { get; } = new(context.Topic, context.Partition);

    public long Offset { get; } = context.Offset;

    public string? Key { get; } = key;

    public CancellationToken Token { get; } = token;

    public TaskCompletionSource End { get; } = new();

    public bool HasEnded => End.Task.IsCompleted;

    public void Return() => End.SetResult();

    public void Throw(Exception error) => End.SetException(error);
}
