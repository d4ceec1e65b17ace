using System.Runtime.CompilerServices;

namespace Streams.Runtime.Processing;

/// <summary>Produces what handlers return, acknowledged before the handler's record completes; what cannot be produced fails the record.
/// Thread-safe.</summary>
internal sealed class ReturnedMessages(IProducerFactory producers) : HandlerResults
{
    /// <inheritdoc />
    public override ValueTask ProduceAsync<T>(T? message, CancellationToken cancellationToken)
        where T : default
    {
        if (message is null)
        {
            return default;
        }

        var produced = producers.CreateProducer<T>().ProduceAsync(message, cancellationToken);
        if (produced.IsCompletedSuccessfully)
        {
            _ = produced.Result;
            return default;
        }

        return AcknowledgedAsync(produced);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask AcknowledgedAsync(ValueTask<RecordMetadata> produced) => await produced.ConfigureAwait(false);
}
