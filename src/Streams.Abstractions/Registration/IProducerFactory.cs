using System.ComponentModel;

namespace Streams;

/// <summary>Makes producers; implemented by the runtime, called by what the generator registers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IProducerFactory
{
    /// <summary>Makes the host's producer of a message.</summary>
    /// <typeparam name="T">The message.</typeparam>
    IProducer<T> CreateProducer<T>()
        where T : IMessage<T>;

    /// <summary>Makes the host's reader of a message.</summary>
    /// <typeparam name="T">The message.</typeparam>
    IReader<T> CreateReader<T>()
        where T : IMessage<T>;
}
