using Streams.Hosting.Groups;
using Streams.Hosting.Model;
using Streams.Runtime.Groups;

namespace Streams.Hosting.Validation;

/// <summary>Checks what a group comes to once configuration has overridden its attributes.</summary>
internal static class GroupOptionFaults
{
    /// <summary>Returns every fault.</summary>
    public static IEnumerable<string> Find(HostModel model, StreamsOptions options)
        => OverrideFaults.Find(model, options.Groups, model.Groups.Keys, "Groups", "group with a handler in this host", "AddHandlers()")
            .Concat(options.Groups.SelectMany(FindStart))
            .Concat(GroupPlan.Definitions(model, options).SelectMany(FindRanges));

    private static IEnumerable<string> FindStart(KeyValuePair<string, GroupOptions> group)
    {
        if (group.Value.StartFrom is { } text && !GroupStart.TryParse(text, out _))
        {
            yield return $"'Streams:Groups:{group.Key}:StartFrom' is '{text}', which is neither Earliest, Latest, Fail "
                + "nor a time such as '2026-01-31T08:00:00Z'.";
        }

        if (group.Value.InstanceId is { } instance && NameFaults.Find(instance) is { } fault)
        {
            yield return $"'Streams:Groups:{group.Key}:InstanceId' is '{instance}', which {fault}.";
        }
    }

    private static IEnumerable<string> FindRanges(GroupDefinition group)
    {
        var place = $"Streams:Groups:{group.GroupId}";
        return new[]
        {
            RangeFaults.Find($"{place}:Concurrency", group.Concurrency, 0, HostingLimits.ConcurrencyMax),
            RangeFaults.Find($"{place}:CommitEvery", group.CommitEvery, 1, int.MaxValue),
            RangeFaults.Find($"{place}:InFlightMax", group.InFlightMax, 1, HostingLimits.InFlightMax),
            RangeFaults.Find($"{place}:CommitInterval", group.CommitInterval, TimeSpan.FromMilliseconds(1), HostingLimits.IntervalMax),
            RangeFaults.Find(
                $"{place}:SessionTimeout",
                group.SessionTimeout,
                HostingLimits.SessionTimeoutMin,
                HostingLimits.SessionTimeoutMax),
            RangeFaults.Find(
                $"{place}:HeartbeatInterval",
                group.HeartbeatInterval,
                TimeSpan.FromMilliseconds(1),
                HostingLimits.IntervalMax),
            RangeFaults.Find($"{place}:RebalanceTimeout", group.RebalanceTimeout, TimeSpan.FromMilliseconds(1), HostingLimits.IntervalMax),
            RangeFaults.Find($"{place}:RevocationDrain", group.RevocationDrain, TimeSpan.Zero, HostingLimits.IntervalMax),
            group.HeartbeatInterval < group.SessionTimeout
                ? null
                : $"'{place}:HeartbeatInterval' is '{group.HeartbeatInterval}', and must be below the session timeout "
                    + $"of '{group.SessionTimeout}', or the member is removed before its first heartbeat. A third of it is usual.",
            group.RevocationDrain < group.RebalanceTimeout
                ? null
                : $"'{place}:RevocationDrain' is '{group.RevocationDrain}', and must be below the rebalance timeout "
                    + $"of '{group.RebalanceTimeout}', or the partitions are lost while their handlers run.",
        }.OfType<string>();
    }
}
