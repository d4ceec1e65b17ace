using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Streams.Hosting.Groups;
using Streams.Hosting.Model;

namespace Streams.Hosting.Lifecycle;

/// <summary>
/// Ties the life of broker, producers and groups to the host's. Opens before any other hosted service starts and closes after all have stopped, so
/// that they may produce from start to stop; groups run only in between, since handlers may use what other hosted services provide.
/// </summary>
internal sealed class StreamsHostedService(
    TransportLife transport,
    HostedGroups groups,
    HostState state,
    HostModel model,
    IOptions<StreamsOptions> options,
    TimeProvider time,
    ILogger<StreamsHostedService> logger) : IHostedLifecycleService, IAsyncDisposable
{
    private long _stopping;

    /// <summary>Opens the broker, makes the topics, lets producers and readers in.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        state.Enter(HostPhase.Starting);
        if (model.Messages.Count == 0 && model.Groups.Count == 0)
        {
            LifecycleLog.NothingRegistered(logger);
        }

        await OrFailAsync(transport.OpenAsync(cancellationToken)).ConfigureAwait(false);
        state.Enter(HostPhase.Open);
        LifecycleLog.Opened(logger, model.Messages.Count, model.Topics.Count, time.GetElapsedTime(began));
    }

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Starts the groups, now that everything handlers may use has started.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await OrFailAsync(groups.StartAsync(cancellationToken)).ConfigureAwait(false);
        state.Enter(HostPhase.Running);
        LifecycleLog.Running(logger, groups.All.Count);
    }

    /// <summary>Takes readiness away and drains the groups, before anything handlers may use stops.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _stopping = time.GetTimestamp();
        if (state.Phase is HostPhase.Open or HostPhase.Running)
        {
            state.Enter(HostPhase.Stopping);
            LifecycleLog.Stopping(logger, groups.All.Count, options.Value.ShutdownDrain);
            await groups.StopAsync(options.Value.ShutdownDrain, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Flushes the producers and closes the broker, now that nobody produces any more.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (state.Phase == HostPhase.Stopping)
        {
            state.Enter(HostPhase.Closing);
            await transport.CloseAsync(cancellationToken).ConfigureAwait(false);
            state.End();
            LifecycleLog.Stopped(logger, time.GetElapsedTime(_stopping));
        }
    }

    /// <summary>Ends what a host leaves behind that was disposed without a stop: nothing is drained, queued records are flushed for a while.</summary>
    public async ValueTask DisposeAsync()
    {
        if (state.Phase is not (HostPhase.NotStarted or HostPhase.Closing or HostPhase.Stopped))
        {
            await groups.AbandonAsync().ConfigureAwait(false);
            using var budget = new CancellationTokenSource(options.Value.ShutdownDrain, time);
            await transport.CloseAsync(budget.Token).ConfigureAwait(false);
        }

        state.End();
    }

    private async Task OrFailAsync(Task step)
    {
        try
        {
            await step.ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // For the health check only: the host logs what it is thrown.
            state.Fail(error);
            throw;
        }
    }
}
