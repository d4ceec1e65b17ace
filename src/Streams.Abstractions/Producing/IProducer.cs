namespace Streams;

/// <summary>
/// Produces one message type. Thread-safe; records of one caller keep their order per partition, retries included. Records take
/// their place in call order before a call returns.
/// </summary>
/// <typeparam name="T">The message.</typeparam>
public interface IProducer<T>
    where T : IMessage<T>
{
    /// <summary>Produces a message and completes once it is acknowledged. When the buffer is full it waits for space, in call order.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the waiting; the record may still be produced.</param>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    /// <exception cref="StreamsException">The record was refused, or not acknowledged within the delivery timeout.</exception>
    ValueTask<RecordMetadata> ProduceAsync(T message, CancellationToken cancellationToken = default);

    /// <summary>Produces a message with headers, a partition or a timestamp of its own.</summary>
    /// <param name="message">The message.</param>
    /// <param name="options">What the record gets beside the message.</param>
    /// <param name="cancellationToken">Ends the waiting; the record may still be produced.</param>
    ValueTask<RecordMetadata> ProduceAsync(T message, ProduceOptions options, CancellationToken cancellationToken = default);

    /// <summary>Queues a message and returns at once. <see cref="FlushAsync"/> waits for all that is queued.</summary>
    /// <param name="message">The message.</param>
    /// <param name="report">Called once, never inside this call, in offset order per partition, one at a time for each producer; must not block.</param>
    /// <exception cref="StreamsException">The buffer is full (<see cref="StreamsErrorCode.BufferFull"/>): nothing was queued.</exception>
    void Produce(T message, Action<ProduceReport>? report = null);

    /// <summary>Queues a message with headers, a partition or a timestamp of its own.</summary>
    /// <param name="message">The message.</param>
    /// <param name="options">What the record gets beside the message.</param>
    /// <param name="report">Called once, as above.</param>
    void Produce(T message, ProduceOptions options, Action<ProduceReport>? report = null);

    /// <summary>Produces a record without a value, which deletes the message's key from a compacted topic.</summary>
    /// <param name="message">A message with the key to delete; its other members do not matter.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    ValueTask<RecordMetadata> ProduceTombstoneAsync(T message, CancellationToken cancellationToken = default);

    /// <summary>Completes once everything queued before the call is acknowledged or has failed (failures go to the reports).</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task FlushAsync(CancellationToken cancellationToken = default);
}
