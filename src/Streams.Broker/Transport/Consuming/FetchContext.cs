using Microsoft.Extensions.Logging;
using Streams.Transport;

namespace Streams.Broker.Transport.Consuming;

/// <summary>What the leases of one member share.</summary>
/// <param name="GroupId">The group.</param>
/// <param name="BytesMax">The soft bound of a block.</param>
/// <param name="Data">Where records come from.</param>
/// <param name="Listener">Where they go.</param>
/// <param name="Logger">The log.</param>
/// <param name="Schedule">Runs work soon on another thread: the thread pool, or a test.</param>
internal sealed record FetchContext(
    string GroupId,
    int BytesMax,
    IConsumerData Data,
    IConsumerListener Listener,
    ILogger Logger,
    Action<IThreadPoolWorkItem> Schedule);
