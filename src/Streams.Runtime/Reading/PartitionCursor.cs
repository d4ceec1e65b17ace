using Streams.Transport;

namespace Streams.Runtime.Reading;

/// <summary>Where one reading stands in one partition. Used by one reading; not thread-safe.</summary>
/// <param name="partition">The partition.</param>
/// <param name="position">The first offset to read.</param>
/// <param name="end">Where reading ends, or <see cref="long.MaxValue"/> for never.</param>
internal sealed class PartitionCursor(TopicPartition partition, long position, long end)
{
    /// <summary>Gets the partition.</summary>
    public TopicPartition Partition { get; } = partition;

    /// <summary>Gets the next offset to read.</summary>
    public long Position { get; private set; } = position;

    /// <summary>Gets the offset at which reading ends.</summary>
    public long End { get; } = end;

    /// <summary>Gets a value indicating whether everything asked for was read.</summary>
    public bool IsAtEnd => Position >= End;

    /// <summary>Gets the request that has not been answered, or whose answer has not been taken.</summary>
    public Task<RecordBlock>? Pending { get; private set; }

    /// <summary>Asks for the next block, unless the cursor is at its end.</summary>
    public void Request(ITransport transport, int bytesMax, CancellationToken cancellationToken)
    {
        if (!IsAtEnd && Pending is null)
        {
            Pending = transport.ReadAsync(Partition, Position, bytesMax, cancellationToken).AsTask();
        }
    }

    /// <summary>Takes the answer, which the caller releases.</summary>
    public async ValueTask<RecordBlock> TakeAsync()
    {
        var pending = Pending!;
        Pending = null;
        return await pending.ConfigureAwait(false);
    }

    /// <summary>Goes past a block, gaps behind its last record included.</summary>
    public void Pass(RecordBlock block)
    {
        Invariant.Holds(block.NextOffset > Position, "Every block leads further, or reading would never end.");
        Position = block.NextOffset;
    }

    /// <summary>Waits for an answer nobody wants any more, and gives it back. The request was cancelled before.</summary>
    public async ValueTask AbandonAsync()
    {
        if (Pending is null)
        {
            return;
        }

        try
        {
            (await TakeAsync().ConfigureAwait(false)).Release();
        }
        catch (Exception error) when (error is OperationCanceledException or StreamsException)
        {
            // The reading has ended: what became of its last request is nobody's business any more.
        }
    }
}
