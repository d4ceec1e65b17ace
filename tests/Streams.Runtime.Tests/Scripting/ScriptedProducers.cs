using Streams.Runtime.Groups;

namespace Streams.Runtime.Tests.Scripting;

/// <summary>Producers whose acknowledgements the test gives.</summary>
internal sealed class ScriptedProducers : IProducerFactory, IProducerFlush
{
    private readonly Dictionary<Type, object> _producers = [];

    public int Flushes { get; private set; }

    public ScriptedProducer<T> Of<T>()
        where T : IMessage<T>
        => (ScriptedProducer<T>)CreateProducer<T>();

    public IProducer<T> CreateProducer<T>()
        where T : IMessage<T>
    {
        if (!_producers.TryGetValue(typeof(T), out var producer))
        {
            _producers[typeof(T)] = producer = new ScriptedProducer<T>();
        }

        return (IProducer<T>)producer;
    }

    public IReader<T> CreateReader<T>()
        where T : IMessage<T>
        => throw new NotSupportedException();

    public Task FlushAsync(CancellationToken cancellationToken)
    {
        Flushes++;
        return Task.CompletedTask;
    }
}
