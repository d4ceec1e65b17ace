using Streams.Protocol.Records;
using Streams.Transport;

namespace Streams.Runtime.Processing;

/// <summary>
/// The state behind a <see cref="MessageContext"/>. Pooled with its runner: bound to one record after the other, with a version for each,
/// so that a context kept beyond its record is refused. Bytes belong to the record's block.
/// </summary>
internal class RecordContext(string groupId) : MessageContextState
{
    private PartitionWorker? _worker;
    private ReadOnlyMemory<byte> _buffer;
    private RecordRange _record;
    private RecordHeaders? _headers;
    private volatile int _version;

    /// <inheritdoc />
    public override int Version => _version;

    /// <inheritdoc />
    public override string Topic => Worker.Lease.Partition.Topic;

    /// <inheritdoc />
    public override int Partition => Worker.Lease.Partition.Partition;

    /// <inheritdoc />
    public override long Offset => _record.Offset;

    /// <inheritdoc />
    public override long TimestampMilliseconds => _record.Timestamp;

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Key => _record.KeyLength > 0 ? _buffer.Slice(_record.KeyStart, _record.KeyLength) : default;

    /// <inheritdoc />
    public override bool HasKey => _record.KeyLength >= 0;

    /// <inheritdoc />
    public override RecordHeaders Headers => _headers ??= RecordHeaderCodec.Read(EncodedHeaders, _record.HeaderCount);

    /// <inheritdoc />
    public override string GroupId => groupId;

    /// <inheritdoc />
    public override int Attempt => 1;

    /// <summary>Gets the record's ticket in the worker's tracker.</summary>
    public long Ticket { get; private set; }

    /// <summary>Gets the worker the record belongs to.</summary>
    protected PartitionWorker Worker => _worker ?? throw new InvalidOperationException("The context is bound to no record.");

    /// <summary>Gets the headers as they stand in the record.</summary>
    protected virtual ReadOnlyMemory<byte> EncodedHeaders => _buffer.Slice(_record.HeadersStart, _record.HeadersLength);

    /// <summary>Begins a record.</summary>
    public void Bind(PartitionWorker worker, ReadOnlyMemory<byte> buffer, in RecordRange record, long ticket)
    {
        _worker = worker;
        _buffer = buffer;
        _record = record;
        _headers = null;
        Ticket = ticket;
    }

    /// <summary>The handler has ended: whoever kept the context finds it expired.</summary>
    public virtual void End()
    {
        _version++;
        _buffer = default;
    }

    /// <inheritdoc />
    public override void Ack(int version) => throw NotManual("Ack()");

    /// <inheritdoc />
    public override ValueTask CommitAsync(int version, CancellationToken cancellationToken) => throw NotManual("CommitAsync()");

    /// <inheritdoc />
    public override ValueTask SkipAsync(int version, string reason)
    {
        ThrowIfExpired(version);
        ProcessingLog.RecordSkipped(Worker.Logger, groupId, Worker.Lease.Partition, Offset, reason);
        return default;   // the handler's return completes the record, its exception still fails it
    }

    /// <summary>Refuses a context kept beyond its record.</summary>
    protected void ThrowIfExpired(int version)
    {
        if (version != _version)
        {
            throw new StreamsException("The outcome comes too late: the message context belongs to a record that is done.")
            {
                Code = StreamsErrorCode.ContextExpired,
            };
        }
    }

    private StreamsException NotManual(string call)
        => new($"{call} belongs to CommitPolicy.Manual; group '{groupId}' commits by itself. Return from the handler to complete the "
            + "record, "
            + "throw to fail it, or declare Commit = CommitPolicy.Manual.")
        {
            Code = StreamsErrorCode.NotAllowed,
        };
}
