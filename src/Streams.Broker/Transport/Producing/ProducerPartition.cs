using Streams.Broker.Partitions;
using Streams.Protocol.Records;
using Streams.Transport;

namespace Streams.Broker.Transport.Producing;

/// <summary>
/// One partition of a producer: the batch that is open, full ones behind each other, and whose turn it is to write. Thread-safe. There is one turn
/// at a time; without linger it begins with the first record, and what comes meanwhile gathers in the next batch. Between two batches the
/// turn goes to the end of the pool's queue, so that partitions take turns and batches grow.
/// </summary>
internal sealed class ProducerPartition : IThreadPoolWorkItem, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<ProducerBatch> _full = new();
    private readonly List<(long Sequence, TaskCompletionSource Finished)> _flushes = [];
    private readonly ProducerContext _context;
    private readonly Partition _partition;
    private readonly ProducerWriter _writer;
    private readonly ITimer? _lingerTimer;
    private ProducerBatch? _open;
    private long _begun;
    private long _finished;
    private bool _isOpenDue;
    private bool _hasTurn;

    /// <summary>Initializes a new instance of the <see cref="ProducerPartition"/> class.</summary>
    /// <param name="partition">The broker's partition.</param>
    /// <param name="context">What the producer's partitions share.</param>
    public ProducerPartition(Partition partition, ProducerContext context)
    {
        _partition = partition;
        _context = context;
        _writer = new(this, partition, context);
        _lingerTimer = context.Linger > TimeSpan.Zero
            ? context.Time.CreateTimer(static state => ((ProducerPartition)state!).OnLingerOver(), this, Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan)
            : null;
    }

    /// <summary>Gets its name.</summary>
    public TopicPartition Name => _partition.Name;

    /// <summary>Gets a value indicating whether the topic was deleted or the broker closed.</summary>
    public bool IsClosed => _partition.IsClosed;

    /// <summary>Returns what a record takes of the buffer at most.</summary>
    /// <exception cref="StreamsException">The record can never be produced: MessageTooLarge, InvalidRecord, UnknownTopicOrPartition.</exception>
    public int Check(in OutgoingRecord record)
    {
        _partition.ThrowIfClosed();
        var size = RecordBatchBuilder.SizeOf(record.Key.Length, record.Value.Length, record.EncodedHeaders.Length);
        var bytesMax = Math.Min(_partition.BatchBytesMax, _context.Buffer.BytesMax);
        return record.HasKey || !_partition.RequiresKey
            ? size + RecordBatchLayout.HeaderSize <= bytesMax ? (int)size : throw TooLarge(size, bytesMax)
            : throw new StreamsException(
                $"A record for partition '{Name}' has no key, and the topic is compacted: without a key it could never be replaced. "
                + "Give it a key.")
            {
                Code = StreamsErrorCode.InvalidRecord,
            };
    }

    /// <summary>Appends a record that its caller awaits; where nobody writes, the caller does.</summary>
    /// <param name="record">The record, which was checked and has its room in the buffer.</param>
    /// <param name="size">What it takes of the buffer.</param>
    /// <param name="mayWrite">Whether the caller may write.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public ValueTask<RecordMetadata> AppendAwaited(in OutgoingRecord record, int size, bool mayWrite, CancellationToken cancellationToken)
    {
        ProducerBatch batch;
        long timestamp;
        lock (_gate)
        {
            batch = BatchFor(size, isAwaited: !_context.WaitsForNothing);
            timestamp = batch.Add(record, size, Clock());
            if (_context.WaitsForNothing || !mayWrite || _hasTurn || _lingerTimer is not null)
            {
                var awaited = _context.WaitsForNothing
                    ? new ValueTask<RecordMetadata>(Metadata(-1, timestamp))
                    : batch.AwaitLast(timestamp, cancellationToken);
                TakeTurn();
                return awaited;
            }

            // Nobody had the turn, so nothing but this record is in the batch, and nothing is before it.
            _open = null;
            _hasTurn = true;
        }

        return WriteNow(batch, timestamp, cancellationToken);
    }

    /// <summary>Appends a record.</summary>
    /// <param name="record">The record, which was checked and has its room in the buffer.</param>
    /// <param name="size">What it takes of the buffer.</param>
    /// <param name="report">Called once with what became of it; may be null.</param>
    public void Append(in OutgoingRecord record, int size, Action<ProduceReport>? report)
    {
        lock (_gate)
        {
            var batch = BatchFor(size, isAwaited: false);
            var timestamp = batch.Add(record, size, Clock());
            if (report is not null)
            {
                batch.ReportLast(timestamp, report);
            }

            TakeTurn();
        }
    }

    /// <summary>Completes once every batch begun before is acknowledged or has failed. Does not wait for linger.</summary>
    public Task FlushAsync()
    {
        lock (_gate)
        {
            if (_finished == _begun)
            {
                return Task.CompletedTask;
            }

            _isOpenDue = _open is not null;
            TakeTurn();
            var finished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _flushes.Add((_begun, finished));
            return finished.Task;
        }
    }

    /// <summary>Takes the next batch to write, for whoever has the turn.</summary>
    /// <param name="mayTakeOpen">Whether a batch that is not full yet may go.</param>
    /// <param name="batch">The batch.</param>
    public bool TryTake(bool mayTakeOpen, out ProducerBatch batch)
    {
        lock (_gate)
        {
            if (_full.TryDequeue(out batch!))
            {
                return true;
            }

            if (!mayTakeOpen || !IsOpenReady)
            {
                return false;
            }

            batch = _open!;
            _open = null;
            _isOpenDue = false;
            return true;
        }
    }

    /// <summary>Tells everybody what became of the batch. Called in the order of the batches.</summary>
    public void Finish(ProducerBatch batch)
    {
        if (batch.Error is { } error)
        {
            ProducingLog.BatchFailed(_context.Logger, error, batch.Count, Name);
        }

        var sequence = batch.Sequence;
        batch.Acknowledge();
        if (batch.HasReports)
        {
            _context.Reports.Add(batch);
        }
        else
        {
            _context.Release(batch);
        }

        EndFlushes(sequence);
    }

    /// <summary>Ends the turn, or hands it on where there is more to write.</summary>
    public void EndTurn()
    {
        lock (_gate)
        {
            if (_full.Count == 0 && !IsOpenReady)
            {
                _hasTurn = false;
                return;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <inheritdoc />
    void IThreadPoolWorkItem.Execute() => _writer.Run();

    /// <inheritdoc />
    public void Dispose() => _lingerTimer?.Dispose();

    private bool IsOpenReady => _open is not null && (_lingerTimer is null || _isOpenDue);

    private ValueTask<RecordMetadata> WriteNow(ProducerBatch batch, long timestamp, CancellationToken cancellationToken)
    {
        if (_writer.TryWrite(batch))
        {
            var metadata = Metadata(batch.BaseOffset, timestamp);
            Finish(batch);
            EndTurn();
            return new(metadata);
        }

        // Not durable yet, or not written: from here on it goes as for everybody else.
        var awaited = batch.AwaitLast(timestamp, cancellationToken);
        _writer.Run();
        return awaited;
    }

    private RecordMetadata Metadata(long offset, long timestamp)
        => new(Name.Topic, Name.Partition, offset, DateTimeOffset.FromUnixTimeMilliseconds(timestamp));

    private ProducerBatch BatchFor(int size, bool isAwaited)
    {
        var open = _open;
        if (open is not null
            && (open.Size + size > Math.Min(_context.BatchBytesMax, _partition.BatchBytesMax) || (isAwaited && open.IsFullyAwaited)))
        {
            _full.Enqueue(open);
            _isOpenDue = false;
            open = null;
        }

        return open ?? Begin();
    }

    private ProducerBatch Begin()
    {
        var batch = _context.Pool.RentBatch();
        batch.Begin(Name, ++_begun, _context.Time.GetTimestamp(), Now());
        _open = batch;
        _lingerTimer?.Change(_context.Linger, Timeout.InfiniteTimeSpan);
        return batch;
    }

    // A batch that is written at once takes the time of its beginning for all its records; one that waits (for linger, a disk, a
    // retry) may be open
    // for long, and there reading the clock for each record costs nothing beside the waiting.
    private long Clock()
        => _lingerTimer is null && _partition.Log.Options.Durability <= Durability.PageCache && !_writer.IsStuck ? -1 : Now();

    private long Now() => _context.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private void TakeTurn()
    {
        if (!_hasTurn && (_full.Count > 0 || IsOpenReady))
        {
            _hasTurn = true;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private void OnLingerOver()
    {
        lock (_gate)
        {
            _isOpenDue = _open is not null;
            TakeTurn();
        }
    }

    private void EndFlushes(long sequence)
    {
        List<TaskCompletionSource>? finished = null;
        lock (_gate)
        {
            _finished = sequence;
            for (var index = _flushes.Count - 1; index >= 0; index--)
            {
                if (_flushes[index].Sequence <= sequence)
                {
                    (finished ??= []).Add(_flushes[index].Finished);
                    _flushes.RemoveAt(index);
                }
            }
        }

        finished?.ForEach(static flush => flush.SetResult());
    }

    private StreamsException TooLarge(long size, long bytesMax)
        => new(
            $"A record for partition '{Name}' takes up to {size + RecordBatchLayout.HeaderSize} bytes in a batch of its own, at most "
            + $"{bytesMax} are allowed. "
            + "Send less at once, or raise 'max.message.bytes' of the topic and BufferBytesMax of the producer.")
        {
            Code = StreamsErrorCode.MessageTooLarge,
        };
}
