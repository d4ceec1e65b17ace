using Microsoft.Extensions.Logging;
using Streams.Transport;

namespace Streams.Runtime.Connection;

/// <summary>
/// The host's one transport between its start and its stop: producers and readers ask here, so that using them too early or too late is an
/// error that says so. Keeps the partition counts fresh. Owned by the hosted service, which also owns the transport. Thread-safe.
/// </summary>
internal sealed class TransportConnection(
    ITransport transport,
    TopicRegistry topics,
    TimeProvider time,
    ILogger<TransportConnection> logger)
    : IAsyncDisposable
{
    // Never disposed: readers link to its token whenever they begin, and a source without a timer holds nothing.
    private readonly CancellationTokenSource _closing = new();
    private volatile ConnectionState _state;
    private Task _refreshing = Task.CompletedTask;

    /// <summary>Gets the topics of the host's messages.</summary>
    public TopicRegistry Topics => topics;

    /// <summary>Gets the open transport.</summary>
    /// <exception cref="StreamsException">The host has not started, or has stopped.</exception>
    public ITransport Transport => _state == ConnectionState.Open ? transport : throw NotOpen();

    /// <summary>Gets what is cancelled when the connection closes.</summary>
    public CancellationToken Closing => _closing.Token;

    /// <summary>Loads the partition counts of all topics and lets producers and readers in. The transport is started and the topics exist.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await topics.RefreshAsync(transport.Topics, cancellationToken).ConfigureAwait(false);
        _state = ConnectionState.Open;
        _refreshing = RefreshRegularlyAsync();
    }

    /// <summary>Asks for the partition counts now.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken) => topics.RefreshAsync(Transport.Topics, cancellationToken);

    /// <summary>Returns the count after asking the transport, where that needs no waiting; else the count known so far.</summary>
    public int RecheckPartitionCount(MessageTopic topic)
    {
        var asked = Transport.Topics.DescribeAsync(topic.Name, _closing.Token);
        if (asked.IsCompletedSuccessfully && asked.Result is { } description)
        {
            topic.SetPartitionCount(description.Partitions);
        }
        else if (!asked.IsCompletedSuccessfully)
        {
            _ = ApplyLaterAsync(topic, asked);
        }

        return topic.PartitionCount;
    }

    /// <summary>Lets nobody in any more. The transport itself is not touched.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_state == ConnectionState.Closed)
        {
            return;
        }

        _state = ConnectionState.Closed;
        await _closing.CancelAsync().ConfigureAwait(false);
        await _refreshing.ConfigureAwait(false);
    }

    /// <summary>Makes the error for a use outside the host's life.</summary>
    public StreamsException NotOpen()
        => _state == ConnectionState.Closed
            ? new StreamsException("The host has stopped: producers and readers take nothing any more. "
                + "Stop what uses them before the host stops.")
            {
                Code = StreamsErrorCode.Closed,
            }
            : new StreamsException("The host has not started yet, so producers and readers are not connected. Use them after the host's "
                + "StartAsync, or from a hosted service's StartAsync or ExecuteAsync.")
            {
                Code = StreamsErrorCode.NotAllowed,
            };

    private async Task RefreshRegularlyAsync()
    {
        using var timer = new PeriodicTimer(ConnectionDefaults.PartitionsAgeMax, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_closing.Token).ConfigureAwait(false))
            {
                await RefreshOrLogAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection closes.
        }
    }

    private async Task RefreshOrLogAsync()
    {
        try
        {
            await topics.RefreshAsync(transport.Topics, _closing.Token).ConfigureAwait(false);
        }
        catch (StreamsException error)
        {
            ConnectionLog.PartitionCountsNotRefreshed(logger, error, ConnectionDefaults.PartitionsAgeMax);
        }
    }

    private async Task ApplyLaterAsync(MessageTopic topic, ValueTask<TopicDescription?> asked)
    {
        try
        {
            if (await asked.ConfigureAwait(false) is { } description)
            {
                topic.SetPartitionCount(description.Partitions);
            }
        }
        catch (Exception error) when (error is StreamsException or OperationCanceledException)
        {
            ConnectionLog.PartitionCountsNotRefreshed(logger, error, ConnectionDefaults.PartitionsAgeMax);
        }
    }
}
