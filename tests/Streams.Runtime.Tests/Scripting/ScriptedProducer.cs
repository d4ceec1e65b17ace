namespace Streams.Runtime.Tests.Scripting;

/// <summary>A producer whose acknowledgements the test gives.</summary>
internal sealed class ScriptedProducer<T> : IProducer<T>
    where T : IMessage<T>
{
    public List<(T Message, TaskCompletionSource<RecordMetadata> Ack)> Produced { get; } = [];

    public ValueTask<RecordMetadata> ProduceAsync(T message, CancellationToken cancellationToken = default)
    {
        var ack = new TaskCompletionSource<RecordMetadata>();
        Produced.Add((message, ack));
        return new(ack.Task);
    }

    public ValueTask<RecordMetadata> ProduceAsync(T message, ProduceOptions options, CancellationToken cancellationToken = default)
        => ProduceAsync(message, cancellationToken);

    public void Produce(T message, Action<ProduceReport>? report = null) => throw new NotSupportedException();

    public void Produce(T message, ProduceOptions options, Action<ProduceReport>? report = null) => throw new NotSupportedException();

    public ValueTask<RecordMetadata> ProduceTombstoneAsync(T message, CancellationToken cancellationToken = default)
        => throw new NotSupportedException();

    public Task FlushAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
}
