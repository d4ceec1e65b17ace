using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Streams.Hosting.Model;
using Streams.Hosting.Topics;
using Streams.Runtime.Connection;
using Streams.Runtime.Producing;
using Streams.Transport;

namespace Streams.Hosting.Lifecycle;

/// <summary>Opens the transport with everything on it, and closes it again within the time there is. Used by the hosted service only.</summary>
internal sealed class TransportLife(
    ITransport transport,
    TransportConnection connection,
    ProducerFactory producers,
    HostModel model,
    IOptions<StreamsOptions> options,
    ILogger<TransportLife> logger)
{
    /// <summary>Opens the transport, sees to the topics, lets producers and readers in. On a failure everything is closed again.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await transport.StartAsync(cancellationToken).ConfigureAwait(false);
            await new TopicSetup(transport.Topics, logger)
                .ApplyAsync(TopicPlan.Create(model, options.Value), cancellationToken)
                .ConfigureAwait(false);
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            producers.Open();
        }
        catch
        {
            // The data directory is free again before anybody reads the error.
            await connection.DisposeAsync().ConfigureAwait(false);
            await transport.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Flushes the producers and closes everything. Never throws, and waits no longer than it may; closing itself is not cut short.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await WaitAsync("flush of the producers", producers.FlushAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        await WaitAsync("end of the readers", connection.DisposeAsync().AsTask(), cancellationToken).ConfigureAwait(false);
        await WaitAsync("closing of the producers", producers.DisposeAsync().AsTask(), cancellationToken).ConfigureAwait(false);
        await WaitAsync("closing of the broker", transport.DisposeAsync().AsTask(), cancellationToken).ConfigureAwait(false);
    }

    private async Task WaitAsync(string step, Task task, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LifecycleLog.StepCutShort(logger, step);
            _ = LogFailureAsync(step, task);
        }
        catch (Exception error)
        {
            LifecycleLog.StepFailed(logger, error, step);
        }
    }

    private async Task LogFailureAsync(string step, Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Told already that it was cut short.
        }
        catch (Exception error)
        {
            LifecycleLog.StepFailed(logger, error, step);
        }
    }
}
