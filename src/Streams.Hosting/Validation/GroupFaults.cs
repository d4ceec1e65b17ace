using Streams.Hosting.Model;

namespace Streams.Hosting.Validation;

/// <summary>Finds handler classes that contradict each other, or ask for what is not there.</summary>
internal static class GroupFaults
{
    /// <summary>Returns every fault.</summary>
    public static IEnumerable<string> Find(HostModel model)
        => model.Groups.SelectMany(group => FindIn(group.Key, group.Value).Concat(FindBetween(model, group.Key, group.Value)));

    private static IEnumerable<string> FindIn(string group, IReadOnlyList<HandlerDescriptor> handlers)
    {
        if (NameFaults.Find(group) is { } fault)
        {
            yield return $"The group id '{group}' of {Names(handlers)} {fault}. Change it in [ConsumerGroup].";
        }

        foreach (var handler in handlers)
        {
            if (handler.Commit == CommitPolicy.Transactional)
            {
                yield return $"'{handler.HandlerType.Name}' asks for CommitPolicy.Transactional, and the broker has no transactions yet. "
                    + "Use Sync, and make the handler's effects repeatable (for example by upserts), since a record may come twice.";
            }

            if (handler.Messages.Count == 0)
            {
                yield return $"'{handler.HandlerType.Name}' handles no message. "
                    + "Give it a HandleAsync or Handle method, or remove [ConsumerGroup].";
            }
        }
    }

    private static IEnumerable<string> FindBetween(HostModel model, string group, IReadOnlyList<HandlerDescriptor> handlers)
        => Conflicts(group, handlers, nameof(HandlerDescriptor.Commit), handler => handler.Commit.ToString())
            .Concat(Conflicts(group, handlers, nameof(HandlerDescriptor.CommitEvery), handler => handler.CommitEvery.ToString("N0")))
            .Concat(Conflicts(group, handlers, nameof(HandlerDescriptor.CommitInterval), handler => handler.CommitInterval?.ToString()))
            .Concat(Conflicts(group, handlers, nameof(HandlerDescriptor.FinalCommit), handler => handler.FinalCommit ? "true" : "false"))
            .Concat(Conflicts(group, handlers, nameof(HandlerDescriptor.Order), handler => handler.Order.ToString()))
            .Concat(Conflicts(
                group,
                handlers,
                nameof(HandlerDescriptor.Concurrency),
                handler => handler.Concurrency == 0 ? null : handler.Concurrency.ToString("N0")))
            .Concat(Conflicts(group, handlers, nameof(HandlerDescriptor.StartFrom), handler => handler.StartFrom.ToString()))
            .Concat(HandledTwice(model, group, handlers));

    // What a class leaves out (null) it leaves to the others of its group.
    private static IEnumerable<string> Conflicts(
        string group,
        IReadOnlyList<HandlerDescriptor> handlers,
        string property,
        Func<HandlerDescriptor, string?> value)
    {
        var said = handlers.Where(handler => value(handler) is not null).ToArray();
        if (said.DistinctBy(value).Count() > 1)
        {
            yield return $"The handlers of group '{group}' disagree about {property}: "
                + $"{string.Join(", ", said.Select(handler => $"'{handler.HandlerType.Name}' says {value(handler)}"))}. "
                + "It holds for the whole group: say the same in each [ConsumerGroup], or give one class a group of its own.";
        }
    }

    private static IEnumerable<string> HandledTwice(HostModel model, string group, IReadOnlyList<HandlerDescriptor> handlers)
        => handlers
            .SelectMany(handler => handler.Messages.Select(message => (handler, message)))
            .GroupBy(pair => (Topic: model.Names.Of(pair.message.Topic), pair.message.Name))
            .Where(same => same.DistinctBy(pair => pair.handler.HandlerType).Count() > 1)
            .Select(same => $"In group '{group}' the message '{same.Key.Name}' on topic '{same.Key.Topic}' is handled by "
                + $"{Names([.. same.Select(pair => pair.handler)])}, and a group handles a record once. "
                + "Merge the methods, or give one class a group of its own.");

    private static string Names(IReadOnlyList<HandlerDescriptor> handlers)
        => string.Join(" and ", handlers.Select(handler => $"'{handler.HandlerType.Name}'"));
}
