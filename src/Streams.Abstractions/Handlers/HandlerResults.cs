using System.ComponentModel;

namespace Streams;

/// <summary>Takes the messages a handler returns; implemented by the runtime, called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class HandlerResults
{
    /// <summary>Produces a returned message and completes once it is acknowledged; null is nothing.</summary>
    /// <param name="message">The message, or null.</param>
    /// <param name="cancellationToken">The handler's token.</param>
    /// <typeparam name="T">The message type.</typeparam>
    public abstract ValueTask ProduceAsync<T>(T? message, CancellationToken cancellationToken)
        where T : IMessage<T>;
}
