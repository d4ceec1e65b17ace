using Microsoft.Extensions.Logging;
using Streams.Transport;

namespace Streams.Runtime.Groups;

/// <summary>One consumer group in this process: joins, handles, commits, stops. Thread-safe. Owned by the host.</summary>
internal sealed class ConsumerGroup : IConsumerGroup, IAsyncDisposable
{
    private readonly GroupDefinition _definition;

    /// <summary>Initializes a new instance of the <see cref="ConsumerGroup"/> class and checks its definition.</summary>
    /// <exception cref="StreamsException">The definition contradicts itself (<see cref="StreamsErrorCode.InvalidConfiguration"/>),
    /// or names a policy that is not there yet (<see cref="StreamsErrorCode.NotAllowed"/>).</exception>
    public ConsumerGroup(
        GroupDefinition definition,
        ITransport transport,
        IProducerFactory producers,
        IServiceProvider services,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        _ = (transport, producers, services, time, loggers);
        _definition = definition;
    }

    /// <inheritdoc />
    public string Id => _definition.GroupId;

    /// <summary>Gets what the group consists of.</summary>
    public GroupDefinition Definition => _definition;

    /// <summary>Gets how the group does.</summary>
    public GroupHealth Health => GroupHealth.Healthy;

    /// <summary>Makes singletons and begins to join; returns before anything is assigned.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Stops taking records, waits for handlers that run, cancels those left, commits and leaves. Never throws for a handler.</summary>
    /// <param name="drain">How long handlers may run on before their tokens are cancelled.</param>
    /// <param name="cancellationToken">Ends the waiting at once: tokens are cancelled, and what can be committed without waiting is.</param>
    public Task StopAsync(TimeSpan drain, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc />
    public ValueTask<GroupSnapshot> SnapshotAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <inheritdoc />
    public Task WhenCaughtUpAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <inheritdoc />
    public ValueTask PauseAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <inheritdoc />
    public ValueTask PauseAsync(TopicPartition partition, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <inheritdoc />
    public ValueTask ResumeAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <inheritdoc />
    public ValueTask ResumeAsync(TopicPartition partition, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <inheritdoc />
    public ValueTask SeekAsync(TopicPartition partition, ReadFrom target, CancellationToken cancellationToken = default)
        => throw new NotImplementedException();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
