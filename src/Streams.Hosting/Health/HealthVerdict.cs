using Microsoft.Extensions.Diagnostics.HealthChecks;
using Streams.Runtime.Groups;

namespace Streams.Hosting.Health;

/// <summary>Collects what is wrong and comes to a verdict: the worst counts, everything is said.</summary>
internal sealed class HealthVerdict
{
    private readonly List<string> _reasons = [];
    private readonly Dictionary<string, object> _data = new(StringComparer.Ordinal);
    private Exception? _error;
    private HealthStatus _status = HealthStatus.Healthy;

    /// <summary>Takes note of how the broker does.</summary>
    public HealthVerdict AddBroker(Exception? failure)
    {
        _data["broker"] = failure is null ? "open" : "failed";
        if (failure is not null)
        {
            Worsen(
                HealthStatus.Unhealthy,
                $"The broker takes no records any more: {failure.Message} Repair the cause and restart the host.",
                failure);
        }

        return this;
    }

    /// <summary>Takes note of how a group does.</summary>
    public HealthVerdict AddGroup(string groupId, GroupHealth health)
    {
        _data[$"group:{groupId}"] = health.Status.ToString();
        if (health.Status == GroupStatus.Failed)
        {
            Worsen(
                HealthStatus.Unhealthy,
                $"Group '{groupId}' has stopped in this process: {health.Failure?.Message} Repair the cause and restart the host.",
                health.Failure);
        }

        foreach (var stopped in health.Stopped)
        {
            Worsen(
                HealthStatus.Degraded,
                $"Group '{groupId}' stands still on partition '{stopped.Partition}' at offset {stopped.Offset}: {stopped.Error.Message} "
                    + "Its other partitions go on. Repair the cause, then resume it with IConsumerGroup.ResumeAsync or restart the host.",
                stopped.Error);
        }

        return this;
    }

    /// <summary>Returns the verdict.</summary>
    /// <param name="failureStatus">What the registration wants instead of unhealthy.</param>
    public HealthCheckResult ToResult(HealthStatus failureStatus)
        => new(
            _status == HealthStatus.Unhealthy ? failureStatus : _status,
            _reasons.Count == 0 ? "The broker is open and every assigned partition goes on." : string.Join(" ", _reasons),
            _error,
            _data);

    private void Worsen(HealthStatus status, string reason, Exception? error)
    {
        _reasons.Add(reason);
        if (status < _status)
        {
            _status = status;
            _error = error;
        }
    }
}
