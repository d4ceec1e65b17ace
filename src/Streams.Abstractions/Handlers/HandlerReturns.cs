using System.ComponentModel;

namespace Streams;

/// <summary>Hands on what a handler method returns; called by generated dispatchers. What is complete already costs no state machine.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class HandlerReturns
{
    /// <summary>Produces one message, null being nothing.</summary>
    /// <param name="results">Takes it.</param>
    /// <param name="returned">What the method returned.</param>
    /// <param name="cancellationToken">The handler's token.</param>
    /// <typeparam name="T">The message.</typeparam>
    public static ValueTask ProduceAsync<T>(HandlerResults results, ValueTask<T?> returned, CancellationToken cancellationToken)
        where T : IMessage<T>
    {
        ArgumentNullException.ThrowIfNull(results);
        return returned.IsCompletedSuccessfully
            ? results.ProduceAsync(returned.Result, cancellationToken)
            : AwaitedAsync(results, returned, cancellationToken);

        static async ValueTask AwaitedAsync(HandlerResults results, ValueTask<T?> returned, CancellationToken cancellationToken)
            => await results.ProduceAsync(await returned.ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Produces one message that is a value, null being nothing.</summary>
    /// <param name="results">Takes it.</param>
    /// <param name="returned">What the method returned.</param>
    /// <param name="cancellationToken">The handler's token.</param>
    /// <typeparam name="T">The message.</typeparam>
    public static ValueTask ProduceValueAsync<T>(HandlerResults results, ValueTask<T?> returned, CancellationToken cancellationToken)
        where T : struct, IMessage<T>
    {
        ArgumentNullException.ThrowIfNull(results);
        if (!returned.IsCompletedSuccessfully)
        {
            return AwaitedAsync(results, returned, cancellationToken);
        }

        return returned.Result is { } message ? results.ProduceAsync(message, cancellationToken) : default;

        static async ValueTask AwaitedAsync(HandlerResults results, ValueTask<T?> returned, CancellationToken cancellationToken)
        {
            if (await returned.ConfigureAwait(false) is { } message)
            {
                await results.ProduceAsync(message, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Produces several messages, one after the other; null is nothing.</summary>
    /// <param name="results">Takes them.</param>
    /// <param name="returned">What the method returned.</param>
    /// <param name="cancellationToken">The handler's token.</param>
    /// <typeparam name="TCollection">The collection.</typeparam>
    /// <typeparam name="T">The message.</typeparam>
    public static async ValueTask ProduceAllAsync<TCollection, T>(
        HandlerResults results, ValueTask<TCollection?> returned, CancellationToken cancellationToken)
        where TCollection : IEnumerable<T?>
        where T : IMessage<T>
    {
        ArgumentNullException.ThrowIfNull(results);
        if (await returned.ConfigureAwait(false) is { } messages)
        {
            foreach (var message in messages)
            {
                await results.ProduceAsync(message, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Produces the messages of a stream as they come; null is nothing.</summary>
    /// <param name="results">Takes them.</param>
    /// <param name="returned">What the method returned.</param>
    /// <param name="cancellationToken">The handler's token.</param>
    /// <typeparam name="T">The message.</typeparam>
    public static async ValueTask ProduceStreamAsync<T>(
        HandlerResults results, IAsyncEnumerable<T?>? returned, CancellationToken cancellationToken)
        where T : IMessage<T>
    {
        ArgumentNullException.ThrowIfNull(results);
        if (returned is not null)
        {
            await foreach (var message in returned.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await results.ProduceAsync(message, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
