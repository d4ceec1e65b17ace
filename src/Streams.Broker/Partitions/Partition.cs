using System.Diagnostics.CodeAnalysis;
using Streams.Broker.Topics;
using Streams.Protocol.Records;
using Streams.Storage;
using Streams.Transport;

namespace Streams.Broker.Partitions;

/// <summary>
/// One partition: its log, what may go into it, and those who wait for more of it. Thread-safe. Made and closed by the
/// <see cref="PartitionTable"/>.
/// </summary>
internal sealed class Partition
{
    private readonly SegmentedLog _log;
    private readonly RecordBlockPool _blocks;
    private readonly PartitionWaiters _waiters = new();
    private volatile StreamsException? _closed;

    /// <summary>Initializes a new instance of the <see cref="Partition"/> class.</summary>
    /// <param name="log">Its log.</param>
    /// <param name="blocks">Where blocks come from.</param>
    public Partition(SegmentedLog log, RecordBlockPool blocks)
    {
        _log = log;
        _blocks = blocks;
        _log.HighWatermarkMoved += moved => _waiters.Tell(moved.HighWatermark);
    }

    /// <summary>Gets its name.</summary>
    public TopicPartition Name => _log.Partition;

    /// <summary>Gets its log, for upkeep.</summary>
    public SegmentedLog Log => _log;

    /// <summary>Gets a value indicating whether the broker keeps it for itself.</summary>
    public bool IsInternal => TopicNames.IsInternal(Name.Topic);

    /// <summary>Gets a value indicating whether every record needs a key.</summary>
    public bool RequiresKey => _log.Options.Compact;

    /// <summary>Gets the largest batch it takes, in bytes.</summary>
    public int BatchBytesMax => _log.Options.BatchBytesMax;

    /// <summary>Gets a value indicating whether its topic was deleted or its broker closed.</summary>
    public bool IsClosed => _closed is not null;

    /// <summary>Gets what can be read.</summary>
    public OffsetRange Offsets
    {
        get
        {
            ThrowIfClosed();

            // In this order, so that a start that moves meanwhile never lies behind the end.
            var start = _log.StartOffset;
            return new(start, Math.Max(start, _log.HighWatermark));
        }
    }

    /// <summary>Appends a batch that this process has sealed itself, whose checksum and records therefore need no second look.</summary>
    /// <exception cref="StreamsException">MessageTooLarge, DiskFull, StorageFailed, UnknownTopicOrPartition, Closed.</exception>
    public AppendedBatch Append(Span<byte> batch)
    {
        ThrowIfClosed();
        try
        {
            return _log.Append(batch);
        }
        catch (StreamsException) when (_closed is not null)
        {
            throw Closed(_closed);
        }
    }

    /// <summary>Appends a batch that came from elsewhere, after checking all of it.</summary>
    /// <exception cref="StreamsException">Corrupt, InvalidRecord, and those of <see cref="Append"/>.</exception>
    public AppendedBatch AppendUntrusted(Span<byte> batch)
    {
        PartitionValidation.Check(Name, batch, BatchBytesMax, RequiresKey);
        return Append(batch);
    }

    /// <summary>Completes once everything below the offset is as durable as the topic promises, and so visible.</summary>
    /// <exception cref="StreamsException">StorageFailed, UnknownTopicOrPartition, Closed.</exception>
    public ValueTask WaitUntilDurableAsync(long endOffset, CancellationToken cancellationToken)
        => _log.WaitUntilDurableAsync(endOffset, cancellationToken);

    /// <summary>Reads records from an offset on, below the high watermark, without waiting.</summary>
    /// <param name="offset">The first offset wanted.</param>
    /// <param name="bytesMax">A soft bound: at least one batch comes back.</param>
    /// <param name="block">Records, or none where its next offset passes a gap; the caller releases it.</param>
    /// <returns><see langword="false"/> where the offset is the high watermark.</returns>
    /// <exception cref="StreamsException">OffsetOutOfRange, Corrupt, StorageFailed, UnknownTopicOrPartition, Closed.</exception>
    public bool TryRead(long offset, int bytesMax, [NotNullWhen(true)] out RecordBlock? block)
    {
        ThrowIfClosed();
        block = null;

        // Before the read: what was visible then and is not in it is not there at all.
        var visible = _log.HighWatermark;
        try
        {
            var read = _log.Read(offset, bytesMax);
            if (read.IsEmpty && offset >= visible)
            {
                read.Dispose();
                return false;
            }

            block = Decode(read, offset, bytesMax, visible);
            return true;
        }
        catch (StreamsException) when (_closed is not null)
        {
            throw Closed(_closed);
        }
    }

    /// <summary>Tells the waiter once when there is something at or after the offset, or the partition is closed; at once where that is so already.</summary>
    /// <exception cref="StreamsException">BufferFull: too many wait already.</exception>
    public void WaitForData(long offset, IPartitionWaiter waiter)
    {
        _waiters.Add(Name, offset, waiter);
        if (IsClosed)
        {
            _waiters.TellAll();
        }
        else
        {
            // After it is added: what moved before is seen here, what moves later is told by the one who moves it.
            _waiters.Tell(offset < _log.StartOffset ? long.MaxValue : _log.HighWatermark);
        }
    }

    /// <summary>Forgets a waiter; it may be told once more by a call already on its way.</summary>
    public void StopWaiting(IPartitionWaiter waiter) => _waiters.Remove(waiter);

    /// <summary>Returns the offset of the first visible record with that timestamp or a later one, or <see langword="null"/>.</summary>
    public long? OffsetAtTime(long timestamp)
    {
        ThrowIfClosed();
        return _log.OffsetAtTime(timestamp);
    }

    /// <summary>Ends everything: reads, appends and waits answer with the reason.</summary>
    public void Close(StreamsException reason)
    {
        _closed = reason;
        _waiters.TellAll();
    }

    /// <summary>Throws why the partition is closed, where it is.</summary>
    public void ThrowIfClosed()
    {
        if (_closed is { } reason)
        {
            throw Closed(reason);
        }
    }

    // A new exception each time: one object thrown by several threads would mix up their stacks.
    private static StreamsException Closed(StreamsException reason) => new(reason.Message, reason) { Code = reason.Code };

    private LogRecordBlock Decode(in LogRead read, long offset, int bytesMax, long visible)
    {
        var block = _blocks.Rent();
        try
        {
            if (read.IsEmpty)
            {
                read.Dispose();
                block.FillGap(visible);
            }
            else
            {
                PartitionReader.Fill(read, offset, bytesMax, block);
            }

            return block;
        }
        catch (StreamsException error)
        {
            block.Release();
            throw new StreamsException($"Partition '{Name}' cannot be read at offset {offset}: {error.Message}",
                error) { Code = error.Code };
        }
    }
}
