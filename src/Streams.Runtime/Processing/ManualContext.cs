using Streams.Runtime.Commits;

namespace Streams.Runtime.Processing;

/// <summary>
/// The context of a record under <see cref="CommitPolicy.Manual"/>: not pooled, its outcomes are valid after the handler too, and so are
/// its bytes: they are copied when they are first asked for, or when the handler ends.
/// </summary>
internal sealed class ManualContext(string groupId) : RecordContext(groupId)
{
    private readonly Lock _copying = new();
    private ReadOnlyMemory<byte>? _key;
    private ReadOnlyMemory<byte>? _headers;

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Key
    {
        get
        {
            lock (_copying)
            {
                return _key ??= base.Key.ToArray();
            }
        }
    }

    /// <inheritdoc />
    protected override ReadOnlyMemory<byte> EncodedHeaders
    {
        get
        {
            lock (_copying)
            {
                return _headers ??= base.EncodedHeaders.ToArray();
            }
        }
    }

    /// <inheritdoc />
    public override void End()
    {
        lock (_copying)
        {
            _key ??= base.Key.ToArray();
            _headers ??= base.EncodedHeaders.ToArray();
        }
    }

    /// <inheritdoc />
    public override void Ack(int version) => Worker.CompleteManually(Ticket);

    /// <inheritdoc />
    public override ValueTask CommitAsync(int version, CancellationToken cancellationToken)
    {
        return Worker.CompleteManually(Ticket)
            ? new(Worker.CommitManuallyAsync(cancellationToken))
            : ValueTask.FromException(CommitAnswers.LeaseLost(Worker.Lease));
    }

    /// <inheritdoc />
    public override ValueTask SkipAsync(int version, string reason)
    {
        ProcessingLog.RecordSkipped(Worker.Logger, GroupId, Worker.Lease.Partition, Offset, reason);
        Worker.CompleteManually(Ticket);
        return default;
    }
}
