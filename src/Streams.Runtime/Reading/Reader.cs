using System.Runtime.CompilerServices;
using Streams.Runtime.Connection;
using Streams.Transport;

namespace Streams.Runtime.Reading;

/// <summary>
/// Reads one message type without a group: one request per partition on the way, blocks taken in the order they come. Partitions added while it
/// reads forever are read from their first record. Thread-safe; every call has its own cursors.
/// </summary>
internal sealed class Reader<T>(TransportConnection connection, MessageTopic topic) : IReader<T>
    where T : IMessage<T>
{
    private readonly RecordDecoder<T> _decoder = new(topic);

    /// <inheritdoc />
    public IAsyncEnumerable<Record<T>> ReadAsync(ReadFrom from, ReadUntil until, CancellationToken cancellationToken = default)
        => ReadAllAsync(partition: null, from, until, cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<Record<T>> ReadAsync(
        int partition,
        ReadFrom from,
        ReadUntil until,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(partition);
        return ReadAllAsync(partition, from, until, cancellationToken);
    }

    private async IAsyncEnumerable<Record<T>> ReadAllAsync(
        int? partition,
        ReadFrom from,
        ReadUntil until,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var transport = connection.Transport;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, connection.Closing);
        IReadOnlyList<TopicPartition> partitions = partition is { } one ? [new(topic.Name, one)] : Partitions(from: 0);
        var cursors = await StartPositions.FindAsync(transport, partitions, from, until, cancellationToken).ConfigureAwait(false);
        try
        {
            var follows = partition is null && until == ReadUntil.Forever;
            while (await NextAsync(transport, cursors, follows, ending.Token).ConfigureAwait(false) is { } cursor)
            {
                var block = await TakeAsync(cursor, cancellationToken).ConfigureAwait(false);
                try
                {
                    // By index: the block's span of records must not live across a yield.
                    for (var index = 0; index < block.Records.Length; index++)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        if (block.Records[index].Offset >= cursor.End)
                        {
                            break;
                        }

                        if (block.Records[index].Offset >= cursor.Position
                            && _decoder.TryRead(cursor.Partition, block, index, out var record))
                        {
                            yield return record;
                        }
                    }

                    cursor.Pass(block);
                }
                finally
                {
                    block.Release();
                }
            }
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            foreach (var cursor in cursors)
            {
                await cursor.AbandonAsync().ConfigureAwait(false);
            }
        }
    }

    // The next cursor whose answer is there; null once all are at their end. A cursor that was answered goes to the end of the line.
    private async ValueTask<PartitionCursor?> NextAsync(
        ITransport transport,
        List<PartitionCursor> cursors,
        bool follows,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = topic.Changed;
            if (follows && Partitions(from: cursors.Count) is { Count: > 0 } added)
            {
                cursors.AddRange(await StartPositions
                    .FindAsync(transport, added, ReadFrom.Earliest, ReadUntil.Forever, cancellationToken)
                    .ConfigureAwait(false));
            }

            cursors.RemoveAll(cursor => cursor.IsAtEnd);
            if (cursors.Count == 0)
            {
                return null;
            }

            var bytesMax = ReadingLimits.PartitionBytes(cursors.Count);
            cursors.ForEach(cursor => cursor.Request(transport, bytesMax, cancellationToken));
            if (cursors.FindIndex(cursor => cursor.Pending!.IsCompleted) is >= 0 and var answered)
            {
                var cursor = cursors[answered];
                cursors.RemoveAt(answered);
                cursors.Add(cursor);
                return cursor;
            }

            var waiting = cursors.Select(Task (cursor) => cursor.Pending!);
            await Task.WhenAny(follows ? waiting.Append(changed) : waiting).ConfigureAwait(false);
        }
    }

    private async ValueTask<RecordBlock> TakeAsync(PartitionCursor cursor, CancellationToken cancellationToken)
    {
        try
        {
            return await cursor.TakeAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (connection.Closing.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw connection.NotOpen();
        }
    }

    private List<TopicPartition> Partitions(int from)
    {
        var count = topic.PartitionCount > 0 ? topic.PartitionCount : connection.RecheckPartitionCount(topic);
        return count > 0
            ? [.. Enumerable.Range(from, Math.Max(count - from, 0)).Select(partition => new TopicPartition(topic.Name, partition))]
            : throw new StreamsException($"Topic '{topic.Name}' does not exist, so it cannot be read. Create it with ITopics.CreateAsync.")
            {
                Code = StreamsErrorCode.UnknownTopicOrPartition,
            };
    }
}
