namespace Streams.Storage;

/// <summary>
/// The ordered segments of one partition. Made and closed by its <see cref="LogStore"/>. Appends are serialised inside; everything is thread-safe.
/// </summary>
internal sealed class SegmentedLog
{
    /// <summary>Raised when more became visible: outside all locks, on the thread that made it so; a handler must not block.</summary>
    public event Action<SegmentedLog>? HighWatermarkMoved;

    /// <summary>Gets the partition.</summary>
    public TopicPartition Partition => throw new NotImplementedException();

    /// <summary>Gets the options in force.</summary>
    public LogOptions Options => throw new NotImplementedException();

    /// <summary>Gets the first offset that may be read.</summary>
    public long StartOffset => throw new NotImplementedException();

    /// <summary>Gets the offset the next record gets.</summary>
    public long EndOffset => throw new NotImplementedException();

    /// <summary>Gets the end of what is as durable as promised, and therefore visible.</summary>
    public long HighWatermark => throw new NotImplementedException();

    /// <summary>Gets the bytes of all segments.</summary>
    public long SizeBytes => throw new NotImplementedException();

    /// <summary>Gets the leader epoch new batches are stamped with; grows with every start after an unclean stop.</summary>
    public int LeaderEpoch => throw new NotImplementedException();

    /// <summary>Gets why the log takes nothing any more; <see langword="null"/> while it is sound.</summary>
    public StreamsException? Failure => throw new NotImplementedException();

    /// <summary>Takes new options. Records written before keep the durability they have.</summary>
    public void Reconfigure(LogOptions options) => throw new NotImplementedException();

    /// <summary>Stamps offsets and epoch into a batch, writes it, and returns without waiting for its durability.</summary>
    /// <param name="batch">One sound batch (the caller has checked it); changed in place outside its checksum.</param>
    /// <exception cref="StreamsException">MessageTooLarge, DiskFull (the log goes on when there is room), StorageFailed, Closed.</exception>
    public AppendedBatch Append(Span<byte> batch)
    {
        HighWatermarkMoved?.Invoke(this);
        throw new NotImplementedException();
    }

    /// <summary>Completes once everything below the offset is as durable as promised. Nothing is allocated when it is already.</summary>
    /// <exception cref="StreamsException">StorageFailed: it never will be. Closed.</exception>
    public ValueTask WaitUntilDurableAsync(long endOffset, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>
    /// Reads whole batches from the one that holds the offset, below the high watermark, at least one where there is one, otherwise as many as fit.
    /// </summary>
    /// <exception cref="StreamsException">OffsetOutOfRange: below the start or above the end; StorageFailed; Corrupt.</exception>
    public LogRead Read(long offset, int bytesMax) => throw new NotImplementedException();

    /// <summary>Returns the offset of the first visible record with this timestamp or a later one, also inside compressed batches.</summary>
    public long? OffsetAtTime(long timestamp) => throw new NotImplementedException();

    /// <summary>Moves the start of the log forward, durably; the files go with the next retention.</summary>
    /// <exception cref="StreamsException">OffsetOutOfRange: above the high watermark.</exception>
    public void DeleteRecordsBefore(long offset) => throw new NotImplementedException();

    /// <summary>Deletes whole segments that are too old or too many, from the oldest on, never the active one.</summary>
    /// <param name="lowestGroupOffset">The lowest committed offset of all known groups; retention by time stops there. None: <see langword="null"/>.</param>
    public RetentionResult ApplyRetention(long? lowestGroupOffset) => throw new NotImplementedException();

    /// <summary>Rewrites closed segments so that each key keeps its last value only, when enough is dirty. Never blocks appends.</summary>
    public CompactionResult Compact(CancellationToken cancellationToken) => throw new NotImplementedException();
}
