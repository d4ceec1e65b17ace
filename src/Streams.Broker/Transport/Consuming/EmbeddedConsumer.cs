using Microsoft.Extensions.Logging;
using Streams.Broker.Groups;
using Streams.Transport;

namespace Streams.Broker.Transport.Consuming;

/// <summary>A group member in the process of the broker: membership and fetching without a socket, by the same rules. Thread-safe.</summary>
internal sealed class EmbeddedConsumer : ITransportConsumer
{
    /// <summary>Initializes a new instance of the <see cref="EmbeddedConsumer"/> class.</summary>
    /// <param name="settings">What it is told.</param>
    /// <param name="listener">Whom it tells.</param>
    /// <param name="coordinator">The coordinator of its group.</param>
    /// <param name="data">Topics and records.</param>
    /// <param name="time">The clock of all timers.</param>
    /// <param name="logger">The log.</param>
    public EmbeddedConsumer(
        ConsumerSettings settings,
        IConsumerListener listener,
        GroupCoordinator coordinator,
        IConsumerData data,
        TimeProvider time,
        ILogger<EmbeddedConsumer> logger)
        => throw new NotImplementedException();

    /// <inheritdoc />
    public string MemberId => throw new NotImplementedException();

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc />
    public void Request(Lease lease, long offset) => throw new NotImplementedException();

    /// <inheritdoc />
    public void CancelRequest(Lease lease) => throw new NotImplementedException();

    /// <inheritdoc />
    public ValueTask CommitAsync(IReadOnlyList<OffsetCommit> offsets, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc />
    public Task LeaveAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
