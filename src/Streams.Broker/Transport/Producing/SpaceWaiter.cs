using Streams.Transport;

namespace Streams.Broker.Transport.Producing;

/// <summary>A call of <c>ProduceAsync</c> that waits for room in the buffer, with a copy of its record. Thread-safe.</summary>
internal sealed class SpaceWaiter
{
    private readonly TaskCompletionSource<ValueTask<RecordMetadata>> _admitted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ProducerPartition _partition;
    private readonly CancellationToken _cancellationToken;
    private readonly byte[] _bytes;
    private readonly int _keyLength;
    private readonly int _valueLength;
    private readonly int _headerCount;
    private readonly long _timestamp;
    private int _isDecided;

    /// <summary>Initializes a new instance of the <see cref="SpaceWaiter"/> class.</summary>
    public SpaceWaiter(ProducerPartition partition, in OutgoingRecord record, int size, CancellationToken cancellationToken)
    {
        _partition = partition;
        _cancellationToken = cancellationToken;
        _bytes = [.. record.Key, .. record.Value, .. record.EncodedHeaders];
        _keyLength = record.HasKey ? record.Key.Length : -1;
        _valueLength = record.HasValue ? record.Value.Length : -1;
        _headerCount = record.HeaderCount;
        _timestamp = record.Timestamp;
        Size = size;
    }

    /// <summary>Gets what the record takes of the buffer.</summary>
    public int Size { get; }

    /// <summary>Gets a task that completes once the record is queued, or its waiting has ended.</summary>
    public Task Admitted => _admitted.Task;

    /// <summary>Gets a value indicating whether the caller waits no longer.</summary>
    public bool IsDecided => Volatile.Read(ref _isDecided) != 0;

    /// <summary>Waits until the record is queued, and then for its acknowledgement.</summary>
    public async ValueTask<RecordMetadata> WaitAsync(ProducerBuffer buffer)
    {
        var registration = _cancellationToken.UnsafeRegister(static state => ((SpaceWaiter)state!).Cancel(), this);
        await using (registration.ConfigureAwait(false))
        {
            ValueTask<RecordMetadata> produced;
            try
            {
                produced = await _admitted.Task.ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Whoever waits behind may fit now.
                buffer.AdmitWaiters();
                throw;
            }

            return await produced.ConfigureAwait(false);
        }
    }

    /// <summary>Claims the right to queue the record, for which there is room now.</summary>
    public bool TryClaim() => Interlocked.Exchange(ref _isDecided, 1) == 0;

    /// <summary>Queues the record, after <see cref="TryClaim"/>.</summary>
    /// <returns><see langword="false"/> where the partition refused it and the room is free again.</returns>
    public bool TryAdmit()
    {
        var valueStart = Math.Max(_keyLength, 0);
        var headersStart = valueStart + Math.Max(_valueLength, 0);
        try
        {
            _admitted.SetResult(_partition.AppendAwaited(
                new()
                {
                    Topic = _partition.Name.Topic,
                    Partition = _partition.Name.Partition,
                    Timestamp = _timestamp,
                    HasKey = _keyLength >= 0,
                    Key = _bytes.AsSpan(0, valueStart),
                    HasValue = _valueLength >= 0,
                    Value = _bytes.AsSpan(valueStart, headersStart - valueStart),
                    EncodedHeaders = _bytes.AsSpan(headersStart),
                    HeaderCount = _headerCount,
                },
                Size,
                mayWrite: false,
                _cancellationToken));
            return true;
        }
        catch (StreamsException error)
        {
            _admitted.SetException(error);
            return false;
        }
    }

    private void Cancel()
    {
        if (TryClaim())
        {
            _admitted.SetCanceled(_cancellationToken);
        }
    }
}
