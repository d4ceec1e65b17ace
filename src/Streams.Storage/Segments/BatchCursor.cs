using System.Diagnostics.CodeAnalysis;
using Streams.Protocol.Records;

namespace Streams.Storage.Segments;

/// <summary>Walks the batches of a segment that is known to be sound; finding otherwise is an error. Not thread-safe.</summary>
internal sealed class BatchCursor(LogSegment segment, long position) : IDisposable
{
    private readonly FileWindow _window = new(segment.File, segment.Size);
    private long _next = position;

    /// <summary>Gets the header of the current batch.</summary>
    public RecordBatchHeader Header { get; private set; }

    /// <summary>Gets where the current batch begins.</summary>
    public long Position { get; private set; }

    /// <summary>Goes to the next batch; <see langword="false"/> at the end of the segment.</summary>
    /// <exception cref="StreamsException">Corrupt.</exception>
    public bool MoveNext()
    {
        if (_next >= _window.Length)
        {
            return false;
        }

        Position = _next;
        var head = _window.Get(_next, RecordBatchLayout.HeaderSize);
        if (!RecordBatchHeader.TryReadSize(head, out var size)
            || head.Length < RecordBatchLayout.HeaderSize
            || head[RecordBatchLayout.Magic] != RecordBatchLayout.MagicValue)
        {
            ThrowCorrupt("no batch header stands there");
        }

        Header = RecordBatchHeader.Read(head);
        if (size > _window.Length - _next)
        {
            ThrowCorrupt($"a batch of {size} bytes does not fit into the {_window.Length - _next} that are left");
        }

        _next += size;
        return true;
    }

    /// <summary>Reads the current batch and checks it; valid until the next call of any method.</summary>
    /// <exception cref="StreamsException">Corrupt.</exception>
    public ReadOnlySpan<byte> ReadBatch()
    {
        var batch = _window.Get(Position, Header.Size);
        if (RecordBatch.FindFault(batch, int.MaxValue) is { } fault)
        {
            ThrowCorrupt(fault);
        }

        return batch;
    }

    public void Dispose() => _window.Dispose();

    [DoesNotReturn]
    private void ThrowCorrupt(string fault) => throw SegmentErrors.Damaged(segment.Path, Position, fault);
}
