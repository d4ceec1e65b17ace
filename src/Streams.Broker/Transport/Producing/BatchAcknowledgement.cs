using System.Numerics;
using System.Threading.Tasks.Sources;

namespace Streams.Broker.Transport.Producing;

/// <summary>
/// The awaited records of one batch: one object, and a slot for each. Slots come in chunks that double (4, 4, 8, 16, ...) and never move, since a
/// caller may await one slot while another is added. Goes back to its pool once the batch is done and every awaited record was looked at;
/// where a caller drops its task the object is left to the collector. Adding is the partition's to serialise, everything else is thread-safe.
/// <code>
/// token, 16 bits:  | generation (4) | slot (12) |
/// </code>
/// </summary>
internal sealed class BatchAcknowledgement(Action<BatchAcknowledgement> returnToPool) : IValueTaskSource<RecordMetadata>
{
    private const int SlotBits = 12;
    private const int SlotMask = (1 << SlotBits) - 1;
    private const int GenerationMask = 0xF;
    private const int FirstChunkBits = 2;
    private const int FirstChunkSize = 1 << FirstChunkBits;
    private const int StateBits = 2;
    private const long Completed = 1;
    private const long Consumed = 2;

    private readonly AwaitedRecord[]?[] _chunks = new AwaitedRecord[SlotBits - FirstChunkBits + 1][];
    private TopicPartition _partition;
    private long _generation;
    private int _count;
    private int _users = 1;

    /// <summary>Gets how many records are awaited.</summary>
    public int Count => _count;

    /// <summary>Begins a batch of a partition.</summary>
    public void Begin(TopicPartition partition) => _partition = partition;

    /// <summary>Adds a record and returns what its caller awaits.</summary>
    /// <param name="index">Its place in the batch.</param>
    /// <param name="timestamp">Its timestamp.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public ValueTask<RecordMetadata> Add(int index, long timestamp, CancellationToken cancellationToken)
    {
        var slot = _count++;
        ref var awaited = ref SlotAt(slot);
        awaited.Index = index;
        awaited.Timestamp = timestamp;
        awaited.Source.Reset();
        awaited.Source.RunContinuationsAsynchronously = true;
        Volatile.Write(ref awaited.State, _generation << StateBits);
        Interlocked.Increment(ref _users);
        if (cancellationToken.CanBeCanceled)
        {
            var cancellation = awaited.Cancellation ??= new(this, slot);
            cancellation.Generation = _generation;
            awaited.Registration = cancellationToken.UnsafeRegister(AwaitedCancellation.Callback, cancellation);
        }

        return new(this, (short)(((_generation & GenerationMask) << SlotBits) | (long)slot));
    }

    /// <summary>Tells everybody what became of the batch. Called once, after the last <see cref="Add"/>.</summary>
    /// <param name="baseOffset">The offset of the batch's first record.</param>
    /// <param name="error">Why it failed, or <see langword="null"/>.</param>
    public void Complete(long baseOffset, StreamsException? error)
    {
        for (var slot = 0; slot < _count; slot++)
        {
            ref var awaited = ref SlotAt(slot);
            var isMine = TryComplete(ref awaited, _generation);
            if (awaited.Registration != default)
            {
                // A callback that may still be running keeps its own object; the slot's next user gets another one.
                if (!awaited.Registration.Unregister())
                {
                    awaited.Cancellation = null;
                }

                awaited.Registration = default;
            }

            if (!isMine)
            {
                continue;
            }

            if (error is null)
            {
                awaited.Source.SetResult(baseOffset + awaited.Index);
            }
            else
            {
                // One for each: an exception thrown in several places mixes up its stacks.
                awaited.Source.SetException(new StreamsException(error.Message, error) { Code = error.Code });
            }
        }

        EndUse();
    }

    /// <summary>Ends the waiting for one record, unless it is done already.</summary>
    public void Cancel(int slot, long generation, CancellationToken cancellationToken)
    {
        ref var awaited = ref SlotAt(slot);
        if (TryComplete(ref awaited, generation))
        {
            awaited.Source.SetException(new OperationCanceledException(cancellationToken));
        }
    }

    /// <inheritdoc />
    public ValueTaskSourceStatus GetStatus(short token)
    {
        ref var awaited = ref SlotOf(token);
        return awaited.Source.GetStatus(awaited.Source.Version);
    }

    /// <inheritdoc />
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        ref var awaited = ref SlotOf(token);
        awaited.Source.OnCompleted(continuation, state, awaited.Source.Version, flags);
    }

    /// <inheritdoc />
    public RecordMetadata GetResult(short token)
    {
        ref var awaited = ref SlotOf(token);
        var completed = (_generation << StateBits) | Completed;
        if (Interlocked.CompareExchange(ref awaited.State, (_generation << StateBits) | Consumed, completed) != completed)
        {
            throw Misused();
        }

        var metadata = new RecordMetadata(_partition.Topic, _partition.Partition, 0,
            DateTimeOffset.FromUnixTimeMilliseconds(awaited.Timestamp));
        try
        {
            return metadata with { Offset = awaited.Source.GetResult(awaited.Source.Version) };
        }
        finally
        {
            EndUse();
        }
    }

    private static bool TryComplete(ref AwaitedRecord awaited, long generation)
    {
        var pending = generation << StateBits;
        return Interlocked.CompareExchange(ref awaited.State, pending | Completed, pending) == pending;
    }

    private static InvalidOperationException Misused()
        => new("The task of a produced record was awaited already, or not completed yet. Await it once, or call AsTask() first.");

    private ref AwaitedRecord SlotOf(short token)
    {
        var slot = token & SlotMask;
        if (((token >> SlotBits) & GenerationMask) != (_generation & GenerationMask) || slot >= _count)
        {
            throw Misused();
        }

        return ref SlotAt(slot);
    }

    private ref AwaitedRecord SlotAt(int slot)
    {
        // Chunk 0 holds slots 0-3, chunk 1 slots 4-7, chunk 2 slots 8-15, and so on.
        var chunk = slot < FirstChunkSize ? 0 : BitOperations.Log2((uint)slot) - FirstChunkBits + 1;
        var first = chunk == 0 ? 0 : FirstChunkSize << (chunk - 1);
        var size = chunk == 0 ? FirstChunkSize : first;
        return ref (_chunks[chunk] ??= new AwaitedRecord[size])[slot - first];
    }

    private void EndUse()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            _generation++;
            _count = 0;
            _users = 1;
            returnToPool(this);
        }
    }
}
