namespace Streams.Transport;

/// <summary>Batches, sends and retries records. Thread-safe; records take their place in their partition in call order.</summary>
public interface ITransportProducer : IAsyncDisposable
{
    /// <summary>Queues a record; completes once it is acknowledged. When the buffer is full it waits, in call order, before it queues.</summary>
    /// <param name="record">The record.</param>
    /// <param name="cancellationToken">Ends the waiting; the record may still be produced.</param>
    /// <exception cref="StreamsException">The record was refused or not acknowledged in time.</exception>
    ValueTask<RecordMetadata> ProduceAsync(in OutgoingRecord record, CancellationToken cancellationToken);

    /// <summary>Queues a record and returns.</summary>
    /// <param name="record">The record.</param>
    /// <param name="report">Called once, never inside this call, in offset order per partition and one at a time for this producer; may be null.</param>
    /// <exception cref="StreamsException">The buffer is full (nothing was queued), or the record can never be produced.</exception>
    void Produce(in OutgoingRecord record, Action<ProduceReport>? report);

    /// <summary>Completes once everything queued before the call is acknowledged or has failed.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task FlushAsync(CancellationToken cancellationToken);
}
