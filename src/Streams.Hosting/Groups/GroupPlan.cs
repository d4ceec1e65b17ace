using Streams.Hosting.Model;
using Streams.Runtime.Groups;

namespace Streams.Hosting.Groups;

/// <summary>Merges what the attributes of a group's handler classes say with what configuration overrides.</summary>
internal static class GroupPlan
{
    /// <summary>Returns the definition of each group of the host, whether it is enabled or not.</summary>
    public static IEnumerable<GroupDefinition> Definitions(HostModel model, StreamsOptions options)
        => model.Groups.Select(group => Define(model, group.Key, group.Value, OverridesOf(model, options, group.Key)));

    /// <summary>Returns whether a group is to run in this process.</summary>
    public static bool IsEnabled(HostModel model, StreamsOptions options, string groupId) => OverridesOf(model, options, groupId).Enabled;

    private static GroupOptions OverridesOf(HostModel model, StreamsOptions options, string groupId)
        => model.Find(options.Groups, groupId) ?? new();

    private static GroupDefinition Define(
        HostModel model,
        string groupId,
        IReadOnlyList<HandlerDescriptor> handlers,
        GroupOptions overrides)
    {
        // The classes agree on what holds for the whole group, which is checked; what one leaves out another may say.
        var first = handlers[0];
        var start = new GroupStart(first.StartFrom, null);
        if (overrides.StartFrom is { } text && GroupStart.TryParse(text, out var configured))
        {
            start = configured;
        }

        return new()
        {
            GroupId = groupId,
            Handlers = [.. handlers.Select(handler => Bind(model, handler))],
            Messages = model.Messages,
            Commit = first.Commit,
            CommitEvery = overrides.CommitEvery ?? first.CommitEvery,
            CommitInterval = overrides.CommitInterval
                ?? handlers.Select(handler => handler.CommitInterval).FirstOrDefault(said => said is not null)
                ?? GroupDefaults.CommitInterval,
            FinalCommit = first.FinalCommit,
            Order = first.Order,
            Concurrency = overrides.Concurrency ?? handlers.Select(handler => handler.Concurrency).FirstOrDefault(said => said != 0),
            StartFrom = start.From,
            StartTime = start.Time,
            InFlightMax = overrides.InFlightMax ?? GroupDefaults.InFlightMax,
            RevocationDrain = overrides.RevocationDrain ?? GroupDefaults.RevocationDrain,
            SessionTimeout = overrides.SessionTimeout ?? GroupDefaults.SessionTimeout,
            HeartbeatInterval = overrides.HeartbeatInterval ?? GroupDefaults.HeartbeatInterval,
            RebalanceTimeout = overrides.RebalanceTimeout ?? GroupDefaults.RebalanceTimeout,
            InstanceId = overrides.InstanceId,
        };
    }

    private static HandlerBinding Bind(HostModel model, HandlerDescriptor handler)
        => new(
            handler,
            handler.Messages
                .Select(message => message.Topic)
                .Distinct(StringComparer.Ordinal)
                .ToDictionary(topic => topic, model.Names.Of, StringComparer.Ordinal));
}
