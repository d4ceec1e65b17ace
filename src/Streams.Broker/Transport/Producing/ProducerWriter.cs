using System.Runtime.CompilerServices;
using Streams.Broker.Partitions;

namespace Streams.Broker.Transport.Producing;

/// <summary>
/// Writes the batches of one partition in order, waits until they are durable, and tells what became of them. Used by whoever has the
/// partition's turn, one at a time; not thread-safe otherwise.
/// </summary>
internal sealed class ProducerWriter(ProducerPartition owner, Partition partition, ProducerContext context)
{
    private readonly Queue<ProducerBatch> _written = new();
    private ProducerBatch? _stuck;
    private TimeSpan _backoff;
    private long _writtenEnd;
    private volatile bool _isStuck;

    /// <summary>Gets a value indicating whether a batch waits for its next try.</summary>
    public bool IsStuck => _isStuck;

    /// <summary>Writes a batch on the caller's thread.</summary>
    /// <returns>Whether it is written and durable; otherwise <see cref="Run"/> goes on with it.</returns>
    public bool TryWrite(ProducerBatch batch)
    {
        if (!TryAppend(batch) || batch.Error is not null || batch.EndOffset > partition.Log.HighWatermark)
        {
            return false;
        }

        _written.Dequeue();
        return true;
    }

    /// <summary>Writes what there is to write and ends the turn. Goes on by itself where it has to wait.</summary>
    public void Run() => _ = RunAsync();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask RunAsync()
    {
        while (true)
        {
            Write();
            await SettleAsync().ConfigureAwait(false);
            if (_stuck is null)
            {
                owner.EndTurn();
                return;
            }

            await Task.Delay(_backoff, context.Time, CancellationToken.None).ConfigureAwait(false);
        }
    }

    // Full batches follow each other at once and share the wait for the disk; one that is still open waits for those before it and
    // grows meanwhile.
    private void Write()
    {
        while (_written.Count < ProducerLimits.WrittenBatchesMax && TryNext(out var batch) && TryAppend(batch))
        {
        }
    }

    private bool TryNext(out ProducerBatch batch)
    {
        if (_stuck is null)
        {
            return owner.TryTake(mayTakeOpen: _written.Count == 0, out batch);
        }

        // The batches before it are settled first: they may have waited for less than a try takes.
        batch = _stuck;
        if (_written.Count > 0)
        {
            return false;
        }

        _stuck = null;
        return true;
    }

    /// <returns><see langword="false"/> where the batch is to be tried again later.</returns>
    private bool TryAppend(ProducerBatch batch)
    {
        try
        {
            var appended = partition.Append(batch.Seal(context.Codec, partition.BatchBytesMax));
            (batch.BaseOffset, batch.EndOffset) = context.WaitsForNothing ? (-1, -1) : (appended.BaseOffset, appended.EndOffset);
            _writtenEnd = appended.EndOffset;
            if (_isStuck)
            {
                _isStuck = false;
                ProducingLog.Recovered(context.Logger, owner.Name);
            }
        }
        catch (StreamsException error) when (error.IsRetriable || error.Code == StreamsErrorCode.DiskFull)
        {
            if (IsInTime(batch, out _))
            {
                TryLater(batch, error);
                return false;
            }

            batch.Error = NotInTime("could not be written", error);
        }
        catch (StreamsException error)
        {
            batch.Error = error;
        }
        catch (Exception error)
        {
            // A bug: nobody may wait forever for it.
            batch.Error = new($"Writing to partition '{owner.Name}' failed unexpectedly: {error.Message}", error);
        }

        _written.Enqueue(batch);
        return true;
    }

    private void TryLater(ProducerBatch batch, StreamsException error)
    {
        _backoff = _isStuck
            ? TimeSpan.FromTicks(Math.Min(_backoff.Ticks * 2, ProducerDefaults.RetryBackoffMax.Ticks))
            : ProducerDefaults.RetryBackoffMin;
        if (!_isStuck)
        {
            ProducingLog.Retrying(context.Logger, owner.Name, context.DeliveryTimeout, error.Message);
        }

        _stuck = batch;
        _isStuck = true;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SettleAsync()
    {
        while (_written.TryPeek(out var oldest))
        {
            if (oldest.Error is null && oldest.EndOffset > partition.Log.HighWatermark)
            {
                if (IsInTime(oldest, out var left))
                {
                    await WaitUntilDurableAsync(left).ConfigureAwait(false);
                    continue;
                }

                oldest.Error = NotInTime("was written but is not durable", null);
            }

            owner.Finish(_written.Dequeue());
        }
    }

    private async ValueTask WaitUntilDurableAsync(TimeSpan left)
    {
        using var deadline = new CancellationTokenSource(left, context.Time);
        try
        {
            await partition.WaitUntilDurableAsync(_writtenEnd, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // The oldest batch is out of time now; the caller sees that.
        }
        catch (Exception error)
        {
            var failure = error as StreamsException
                ?? new StreamsException($"Waiting for partition '{owner.Name}' failed unexpectedly: {error.Message}", error);
            foreach (var batch in _written)
            {
                batch.Error ??= batch.EndOffset > partition.Log.HighWatermark ? failure : null;
            }
        }
    }

    private bool IsInTime(ProducerBatch batch, out TimeSpan left)
    {
        left = context.DeliveryTimeout - context.Time.GetElapsedTime(batch.BegunAt);
        return left > TimeSpan.Zero;
    }

    private StreamsException NotInTime(string what, StreamsException? cause)
        => new(
            $"A batch for partition '{owner.Name}' {what} within the delivery timeout of {context.DeliveryTimeout}"
            + $"{(cause is null ? "; its records may still appear." : $": {cause.Message}")} Raise DeliveryTimeout, or look at the "
            + "broker's disk.",
            cause)
        {
            Code = StreamsErrorCode.Timeout,
        };
}
