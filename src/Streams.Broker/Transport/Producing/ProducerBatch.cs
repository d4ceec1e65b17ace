using System.Runtime.InteropServices;
using Streams.Protocol.Records;
using Streams.Transport;

namespace Streams.Broker.Transport.Producing;

/// <summary>
/// A batch on its way: its bytes in wire format, who awaits which record, who wants a report. Filled under its partition's lock, then owned by
/// whoever drains the partition, then by the report queue; reused. Not thread-safe.
/// </summary>
internal sealed class ProducerBatch(ProducerBatchPool pool)
{
    private readonly List<ReportedRecord> _reports = [];
    private RecordBatchBuilder _builder = new(ProducerDefaults.BatchCapacity);
    private BatchAcknowledgement? _acknowledgement;
    private long _clock;

    /// <summary>Gets the partition.</summary>
    public TopicPartition Partition { get; private set; }

    /// <summary>Gets its place among the batches of its partition.</summary>
    public long Sequence { get; private set; }

    /// <summary>Gets when it was begun, as the clock's timestamp.</summary>
    public long BegunAt { get; private set; }

    /// <summary>Gets the bytes of the buffer it takes.</summary>
    public long ReservedBytes { get; private set; }

    /// <summary>Gets or sets where it stands in the log.</summary>
    public long BaseOffset { get; set; } = -1;

    /// <summary>Gets or sets the offset after it.</summary>
    public long EndOffset { get; set; } = -1;

    /// <summary>Gets or sets why it failed, or <see langword="null"/>.</summary>
    public StreamsException? Error { get; set; }

    /// <summary>Gets its bytes so far.</summary>
    public int Size => _builder.Size;

    /// <summary>Gets how many records it holds.</summary>
    public int Count => _builder.Count;

    /// <summary>Gets a value indicating whether no further record can be awaited one by one.</summary>
    public bool IsFullyAwaited => _acknowledgement?.Count == ProducerLimits.AwaitedRecordsMax;

    /// <summary>Gets a value indicating whether somebody wants a report.</summary>
    public bool HasReports => _reports.Count > 0;

    /// <summary>Begins a batch.</summary>
    public void Begin(TopicPartition partition, long sequence, long begunAt, long clock)
    {
        Partition = partition;
        Sequence = sequence;
        BegunAt = begunAt;
        _clock = clock;
    }

    /// <summary>Adds a record.</summary>
    /// <param name="record">The record; its bytes are copied.</param>
    /// <param name="reservedBytes">What it takes of the buffer.</param>
    /// <param name="clock">The time for a record that brings none; -1 takes that of the batch.</param>
    /// <returns>Its timestamp.</returns>
    public long Add(in OutgoingRecord record, int reservedBytes, long clock)
    {
        var timestamp = record.Timestamp >= 0 ? record.Timestamp : clock >= 0 ? clock : _clock;
        _builder.Append(timestamp, record.HasKey, record.Key, record.HasValue, record.Value, record.HeaderCount, record.EncodedHeaders);
        ReservedBytes += reservedBytes;
        return timestamp;
    }

    /// <summary>Returns what the caller of the record added last awaits.</summary>
    public ValueTask<RecordMetadata> AwaitLast(long timestamp, CancellationToken cancellationToken)
    {
        if (_acknowledgement is null)
        {
            _acknowledgement = pool.RentAcknowledgement();
            _acknowledgement.Begin(Partition);
        }

        return _acknowledgement.Add(Count - 1, timestamp, cancellationToken);
    }

    /// <summary>Asks for a report of the record added last.</summary>
    public void ReportLast(long timestamp, Action<ProduceReport> report) => _reports.Add(new(report, Count - 1, timestamp));

    /// <summary>Returns the batch as it goes into a log. May be called again after a write that failed.</summary>
    public Span<byte> Seal(CompressionCodec codec, int bytesMax)
    {
        var sealedBatch = _builder.Seal(codec);

        // Bytes that do not compress come out a little larger; a batch that fits only without the codec goes without it.
        return (codec != CompressionCodec.None && sealedBatch.Length > bytesMax && Size <= bytesMax
            ? _builder.Seal(CompressionCodec.None)
            : sealedBatch).Span;
    }

    /// <summary>Tells everybody who awaits a record.</summary>
    public void Acknowledge()
    {
        var acknowledgement = _acknowledgement;
        _acknowledgement = null;
        acknowledgement?.Complete(BaseOffset, Error);
    }

    /// <summary>Calls the reports, in the order of the records.</summary>
    /// <param name="onError">Takes what a report throws.</param>
    public void Report(Action<Exception> onError)
    {
        foreach (ref readonly var record in CollectionsMarshal.AsSpan(_reports))
        {
            try
            {
                var offset = BaseOffset < 0 ? -1 : BaseOffset + record.Index;
                record.Report(new(
                    new(Partition.Topic, Partition.Partition, offset, DateTimeOffset.FromUnixTimeMilliseconds(record.Timestamp)), Error));
            }
            catch (Exception error)
            {
                onError(error);
            }
        }
    }

    /// <summary>Gives the batch back for reuse.</summary>
    public void Return()
    {
        if (Size > ProducerLimits.PooledBatchBytesMax)
        {
            _builder.Dispose();
            _builder = new(ProducerDefaults.BatchCapacity);
        }

        _builder.Reset();
        _reports.Clear();
        ReservedBytes = 0;
        BaseOffset = -1;
        EndOffset = -1;
        Error = null;
        pool.Return(this);
    }

    /// <summary>Gives its memory back.</summary>
    public void Dispose() => _builder.Dispose();
}
