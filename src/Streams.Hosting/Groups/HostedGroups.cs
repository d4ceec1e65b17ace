using Microsoft.Extensions.Logging;
using Streams.Runtime.Groups;

namespace Streams.Hosting.Groups;

/// <summary>The consumer groups of this host: they start and stop together. Used by the hosted service and the health check.</summary>
internal sealed class HostedGroups(IReadOnlyList<ConsumerGroup> groups, IReadOnlyList<string> disabled, ILogger<HostedGroups> logger)
{
    /// <summary>Gets the groups that run in this process.</summary>
    public IReadOnlyList<ConsumerGroup> All => groups;

    /// <summary>Starts all groups; a failure of one ends the start.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var group in disabled)
        {
            GroupsLog.GroupDisabled(logger, group);
        }

        await Task.WhenAll(groups.Select(group => group.StartAsync(cancellationToken))).ConfigureAwait(false);
    }

    /// <summary>Drains and leaves all groups at the same time, so that all share one budget. Never throws.</summary>
    /// <param name="drain">How long handlers that run are waited for.</param>
    /// <param name="cancellationToken">Cancelled when the host waits no longer.</param>
    public Task StopAsync(TimeSpan drain, CancellationToken cancellationToken)
        => Task.WhenAll(groups.Select(group => StopAsync(group, drain, cancellationToken)));

    /// <summary>Ends groups that were never stopped, without draining. Never throws.</summary>
    public Task AbandonAsync() => Task.WhenAll(groups.Select(AbandonAsync));

    private async Task StopAsync(ConsumerGroup group, TimeSpan drain, CancellationToken cancellationToken)
    {
        try
        {
            await group.StopAsync(drain, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            GroupsLog.StopCutShort(logger, group.Id);
        }
        catch (Exception error)
        {
            GroupsLog.StopFailed(logger, error, group.Id);
        }
    }

    private async Task AbandonAsync(ConsumerGroup group)
    {
        try
        {
            await group.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            GroupsLog.StopFailed(logger, error, group.Id);
        }
    }
}
