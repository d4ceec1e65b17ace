using Microsoft.Extensions.Logging;
using Streams.Runtime.Scheduling;
using Streams.Transport;

namespace Streams.Runtime.Groups;

/// <summary>One consumer group in this process: joins, handles, commits, stops. Thread-safe. Owned by the host.</summary>
internal sealed class ConsumerGroup : IConsumerGroup, IAsyncDisposable
{
    private readonly GroupDefinition _definition;
    private readonly GroupLoop _loop;
    private readonly GroupSnapshots _snapshots;

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
        : this(definition, transport, producers, services, new GroupEnvironment(PoolScheduler.Instance, time, Random.Shared), loggers)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="ConsumerGroup"/> class with a scheduler and chance of the caller's.</summary>
    public ConsumerGroup(
        GroupDefinition definition,
        ITransport transport,
        IProducerFactory producers,
        IServiceProvider services,
        GroupEnvironment environment,
        ILoggerFactory loggers)
    {
        GroupChecks.Check(definition);
        _definition = definition;
        var logger = loggers.CreateLogger<ConsumerGroup>();
        var plan = new GroupWiring(definition, producers, services, environment, logger);
        _loop = new(definition, plan, transport, environment, logger);
        _snapshots = new(definition, plan, transport, _loop);
    }

    /// <inheritdoc />
    public string Id => _definition.GroupId;

    /// <summary>Gets what the group consists of.</summary>
    public GroupDefinition Definition => _definition;

    /// <summary>Gets how the group does.</summary>
    public GroupHealth Health => _loop.Health;

    /// <summary>Makes singletons and begins to join; returns before anything is assigned.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => _loop.StartAsync(cancellationToken);

    /// <summary>Stops taking records, waits for handlers that run, cancels those left, commits and leaves. Never throws for a handler.</summary>
    /// <param name="drain">How long handlers may run on before their tokens are cancelled.</param>
    /// <param name="cancellationToken">Ends the waiting for handlers: their tokens are cancelled at once; the final commit still follows.</param>
    public Task StopAsync(TimeSpan drain, CancellationToken cancellationToken) => _loop.StopAsync(drain, cancellationToken);

    /// <inheritdoc />
    public ValueTask<GroupSnapshot> SnapshotAsync(CancellationToken cancellationToken = default) => _snapshots.TakeAsync(cancellationToken);

    /// <inheritdoc />
    public Task WhenCaughtUpAsync(CancellationToken cancellationToken = default) => _snapshots.WhenCaughtUpAsync(cancellationToken);

    /// <inheritdoc />
    public ValueTask PauseAsync(CancellationToken cancellationToken = default)
        => new(_loop.SetPausedAsync(true).WaitAsync(cancellationToken));

    /// <inheritdoc />
    public ValueTask PauseAsync(TopicPartition partition, CancellationToken cancellationToken = default)
        => new(_loop.SetPausedAsync(partition, true).WaitAsync(cancellationToken));

    /// <inheritdoc />
    public ValueTask ResumeAsync(CancellationToken cancellationToken = default)
        => new(_loop.SetPausedAsync(false).WaitAsync(cancellationToken));

    /// <inheritdoc />
    public ValueTask ResumeAsync(TopicPartition partition, CancellationToken cancellationToken = default)
        => new(_loop.SetPausedAsync(partition, false).WaitAsync(cancellationToken));

    /// <inheritdoc />
    public ValueTask SeekAsync(TopicPartition partition, ReadFrom target, CancellationToken cancellationToken = default)
        => new(_loop.SeekAsync(partition, target, cancellationToken));

    /// <summary>Stops without waiting for handlers, unless the group was stopped before.</summary>
    public async ValueTask DisposeAsync()
    {
        await _loop.StopAsync(TimeSpan.Zero, new(canceled: true)).ConfigureAwait(false);
        _loop.Dispose();
    }
}
