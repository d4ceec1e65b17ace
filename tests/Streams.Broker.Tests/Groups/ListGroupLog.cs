using Streams.Broker.Groups;

namespace Streams.Broker.Tests.Groups;

/// <summary>A log in a list. What is appended is durable at once, unless the test holds it back or breaks it.</summary>
internal sealed class ListGroupLog(int partitions = 4) : IGroupLog
{
    private readonly Lock _gate = new();
    private readonly List<(int Partition, StoredRecord Record)> _durable = [];
    private readonly Queue<(int Partition, IReadOnlyList<StoredRecord> Records, TaskCompletionSource Done)> _held = new();

    public int PartitionCount => partitions;

    public bool IsHeld { get; set; }

    public StreamsException? Failure { get; set; }

    public int HeldCount => _held.Count;

    public IReadOnlyList<(int Partition, StoredRecord Record)> Durable
    {
        get
        {
            lock (_gate)
            {
                return [.. _durable];
            }
        }
    }

    public ValueTask AppendAsync(int partition, IReadOnlyList<StoredRecord> records)
    {
        lock (_gate)
        {
            if (Failure is not null)
            {
                throw Failure;
            }

            if (!IsHeld)
            {
                Store(partition, records);
                return ValueTask.CompletedTask;
            }

            var done = new TaskCompletionSource();
            _held.Enqueue((partition, records, done));
            return new ValueTask(done.Task);
        }
    }

    public void Replay(int partition, Action<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>?, long> record)
    {
        foreach (var (_, (key, value)) in Durable.Where(stored => stored.Partition == partition))
        {
            record(key, value is null ? (ReadOnlyMemory<byte>?)null : value, 0);
        }
    }

    /// <summary>Makes everything held back durable, in order.</summary>
    public void Release()
    {
        IsHeld = false;
        while (_held.TryDequeue(out var held))
        {
            Store(held.Partition, held.Records);
            held.Done.SetResult();
        }
    }

    /// <summary>Loses everything held back, as a power cut does.</summary>
    public void LosePending(StreamsException because)
    {
        IsHeld = false;
        while (_held.TryDequeue(out var held))
        {
            held.Done.SetException(because);
        }
    }

    private void Store(int partition, IReadOnlyList<StoredRecord> records)
        => _durable.AddRange(records.Select(record => (partition, record)));
}
