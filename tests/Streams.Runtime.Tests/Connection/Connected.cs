using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Streams.Runtime.Connection;
using Streams.Runtime.Producing;
using Streams.Transport;

namespace Streams.Runtime.Tests.Connection;

/// <summary>A fake transport with the producers and readers of the test messages on it.</summary>
internal sealed class Connected : IAsyncDisposable
{
    public Connected(ProducerSettings? settings = null, IEnumerable<MessageDescriptor>? messages = null)
    {
        Registry = new(messages ?? TestMessages.All, topic => topic.Replace("{Environment}", "Test", StringComparison.Ordinal));
        Connection = new(Transport, Registry, Time, NullLogger<TransportConnection>.Instance);
        Factory = new(Connection, settings ?? new(), new Random(1));
    }

    public FakeTransport Transport { get; } = new();

    public FakeTimeProvider Time { get; } = new();

    public TopicRegistry Registry { get; }

    public TransportConnection Connection { get; }

    public ProducerFactory Factory { get; }

    public IReadOnlyList<ProducedRecord> Records => Transport.Producer.Records;

    /// <summary>Opens with the topics of the test messages, each with that many partitions.</summary>
    public async Task<Connected> OpenAsync(int partitions = 6)
    {
        foreach (var topic in Registry.Topics)
        {
            Transport.Create(topic.Name, partitions);
        }

        await Connection.OpenAsync(CancellationToken.None);
        Factory.Open();
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        await Factory.DisposeAsync();
    }
}
