using Microsoft.Extensions.Logging;

namespace Streams.Broker.Transport.Producing;

/// <summary>
/// Calls the reports of one producer: one at a time, batch after batch as they were acknowledged, on the pool and never inside a call of the
/// producer. Bounded by the producer's buffer, of which a batch gives its part back only afterwards. Thread-safe.
/// </summary>
internal sealed class ReportQueue : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private readonly Queue<(ProducerBatch? Batch, TaskCompletionSource? Marker)> _queue = new();
    private readonly Action<ProducerBatch> _onReported;
    private readonly Action<Exception> _onError;
    private bool _isRunning;

    /// <summary>Initializes a new instance of the <see cref="ReportQueue"/> class.</summary>
    /// <param name="onReported">Takes a batch whose reports were called.</param>
    /// <param name="logger">The log.</param>
    public ReportQueue(Action<ProducerBatch> onReported, ILogger logger)
    {
        _onReported = onReported;
        _onError = error => ProducingLog.ReportThrew(logger, error);
    }

    /// <summary>Queues the reports of an acknowledged batch.</summary>
    public void Add(ProducerBatch batch) => Add((batch, null));

    /// <summary>Completes once everything queued before is reported.</summary>
    public Task WhenReportedAsync()
    {
        var marker = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Add((null, marker));
        return marker.Task;
    }

    /// <inheritdoc />
    public void Execute()
    {
        while (true)
        {
            (ProducerBatch? Batch, TaskCompletionSource? Marker) next;
            lock (_gate)
            {
                if (!_queue.TryDequeue(out next))
                {
                    _isRunning = false;
                    return;
                }
            }

            if (next.Batch is { } batch)
            {
                batch.Report(_onError);
                _onReported(batch);
            }

            next.Marker?.SetResult();
        }
    }

    private void Add((ProducerBatch? Batch, TaskCompletionSource? Marker) item)
    {
        lock (_gate)
        {
            _queue.Enqueue(item);
            if (_isRunning)
            {
                return;
            }

            _isRunning = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
