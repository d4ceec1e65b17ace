using System.Collections.Concurrent;

namespace Streams.Broker.Transport.Producing;

/// <summary>Batches and acknowledgements of one producer for reuse. Bounded and thread-safe.</summary>
internal sealed class ProducerBatchPool
{
    private readonly ConcurrentQueue<ProducerBatch> _batches = new();
    private readonly ConcurrentQueue<BatchAcknowledgement> _acknowledgements = new();
    private readonly Action<BatchAcknowledgement> _returnAcknowledgement;

    /// <summary>Initializes a new instance of the <see cref="ProducerBatchPool"/> class.</summary>
    public ProducerBatchPool() => _returnAcknowledgement = Return;

    /// <summary>Returns an empty batch.</summary>
    public ProducerBatch RentBatch() => _batches.TryDequeue(out var batch) ? batch : new(this);

    /// <summary>Returns an acknowledgement without slots in use.</summary>
    public BatchAcknowledgement RentAcknowledgement()
        => _acknowledgements.TryDequeue(out var acknowledgement) ? acknowledgement : new(_returnAcknowledgement);

    /// <summary>Takes a batch back.</summary>
    public void Return(ProducerBatch batch)
    {
        // Count is a snapshot: a few more than the bound may stay for a moment, never many.
        if (_batches.Count < ProducerLimits.PooledBatchesMax)
        {
            _batches.Enqueue(batch);
        }
        else
        {
            batch.Dispose();
        }
    }

    private void Return(BatchAcknowledgement acknowledgement)
    {
        if (_acknowledgements.Count < ProducerLimits.PooledBatchesMax)
        {
            _acknowledgements.Enqueue(acknowledgement);
        }
    }
}
