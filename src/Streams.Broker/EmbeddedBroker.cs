using Microsoft.Extensions.Logging;
using Streams.Broker.Groups;

namespace Streams.Broker;

/// <summary>
/// The bundled broker in this process: topics, partitions, groups and their upkeep over one data directory. Owned by whoever made it;
/// started once, then thread-safe.
/// </summary>
internal sealed class EmbeddedBroker : IAsyncDisposable
{
    /// <summary>Initializes a new instance of the <see cref="EmbeddedBroker"/> class.</summary>
    /// <param name="options">How it behaves.</param>
    /// <param name="time">The clock of everything.</param>
    /// <param name="loggers">Where loggers come from.</param>
    public EmbeddedBroker(BrokerOptions options, TimeProvider time, ILoggerFactory loggers)
    {
    }

    /// <summary>Gets the group coordinator; valid once started.</summary>
    public GroupCoordinator Groups => throw new NotImplementedException();

    /// <summary>Gets why the broker takes no records any more (storage failed), or <see langword="null"/> while it is healthy.</summary>
    public Exception? Failure => throw new NotImplementedException();

    /// <summary>Opens the data directory, recovers it, loads topics and groups, and begins its upkeep.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="StreamsException">DirectoryInUse, ReadOnlyDirectory, Corrupt.</exception>
    public Task StartAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Makes everything durable, marks the shutdown as clean and gives the directory back.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
