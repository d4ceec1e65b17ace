using Microsoft.Extensions.Diagnostics.HealthChecks;
using Streams.Broker.Transport;
using Streams.Hosting.Groups;
using Streams.Hosting.Lifecycle;
using Streams.Transport;

namespace Streams.Hosting.Health;

/// <summary>
/// Whether this host is ready: for a load balancer or an orchestrator's readiness, never for its liveness, since a restart repairs no partition
/// that stopped at a bad record. Reads state in memory and asks nobody. Thread-safe.
/// </summary>
internal sealed class StreamsHealthCheck(HostState state, HostedGroups groups, ITransport transport) : IHealthCheck
{
    /// <summary>The name under which it is registered.</summary>
    public const string Name = "streams";

    /// <summary>The tag under which it is registered.</summary>
    public const string Tag = "ready";

    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        => Task.FromResult(state.Phase == HostPhase.Running ? CheckRunning(context) : NotReady(context));

    private HealthCheckResult CheckRunning(HealthCheckContext context)
    {
        var verdict = new HealthVerdict().AddBroker((transport as EmbeddedTransport)?.Broker.Failure);
        foreach (var group in groups.All)
        {
            verdict.AddGroup(group.Id, group.Health);
        }

        return verdict.ToResult(context.Registration.FailureStatus);
    }

    private HealthCheckResult NotReady(HealthCheckContext context)
    {
        var reason = state.Phase switch
        {
            HostPhase.NotStarted => "The host has not started.",
            HostPhase.Starting => "The broker is opening.",
            HostPhase.Open => "The consumer groups are about to start.",
            HostPhase.Failed => $"The start failed: {state.Failure?.Message}",
            HostPhase.Stopping => "The host is stopping: consumer groups drain.",
            _ => "The host has stopped.",
        };
        return new(context.Registration.FailureStatus, reason, state.Failure);
    }
}
