using Streams.Transport;

namespace Streams.Runtime.Tests.Connection;

/// <summary>Keeps what is produced; answers at once with growing offsets. Counts only when <see cref="Keeps"/> is off, and allocates nothing then.</summary>
internal sealed class FakeProducer : ITransportProducer
{
    private readonly List<ProducedRecord> _records = [];
    private long _offset;

    public bool Keeps { get; set; } = true;

    public IReadOnlyList<ProducedRecord> Records => _records;

    public long Count => _offset;

    public int Flushes { get; private set; }

    public bool IsDisposed { get; private set; }

    public StreamsException? Refusal { get; set; }

    public ValueTask<RecordMetadata> ProduceAsync(in OutgoingRecord record, CancellationToken cancellationToken)
        => new(new RecordMetadata(record.Topic, record.Partition, Take(record), default));

    public void Produce(in OutgoingRecord record, Action<ProduceReport>? report) => Take(record);

    public Task FlushAsync(CancellationToken cancellationToken)
    {
        Flushes++;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    private long Take(in OutgoingRecord record)
    {
        if (Refusal is { } refusal)
        {
            throw refusal;
        }

        if (Keeps)
        {
            _records.Add(ProducedRecord.Copy(record));
        }

        return _offset++;
    }
}
