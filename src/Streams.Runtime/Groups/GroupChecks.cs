namespace Streams.Runtime.Groups;

/// <summary>What must hold of a group's definition; every fault is told at once.</summary>
internal static class GroupChecks
{
    /// <summary>Checks a definition.</summary>
    /// <exception cref="StreamsException">It contradicts itself, or names a policy that is not there yet.</exception>
    public static void Check(GroupDefinition definition)
    {
        if (definition.Commit == CommitPolicy.Transactional)
        {
            throw new StreamsException(
                $"Group '{definition.GroupId}' declares CommitPolicy.Transactional, which needs transactions, and the broker has none yet. "
                + "Use CommitPolicy.Sync or Async with handlers that bear a repeated record.")
            {
                Code = StreamsErrorCode.NotAllowed,
            };
        }

        var faults = Faults(definition).ToArray();
        if (faults.Length > 0)
        {
            throw new StreamsException($"Group '{definition.GroupId}' cannot start. " + string.Join(" ", faults))
            {
                Code = StreamsErrorCode.InvalidConfiguration,
            };
        }
    }

    private static IEnumerable<string> Faults(GroupDefinition definition)
    {
        if (definition.Handlers.Count == 0)
        {
            yield return "It has no handler.";
        }

        if (definition.CommitEvery < 1)
        {
            yield return $"CommitEvery is '{definition.CommitEvery}'; at least 1 record.";
        }

        if (definition.CommitInterval <= TimeSpan.Zero)
        {
            yield return $"CommitInterval is '{definition.CommitInterval}'; more than 0.";
        }

        if (definition.Concurrency < 0)
        {
            yield return $"Concurrency is '{definition.Concurrency}'; 0 (one per assigned partition) or more.";
        }

        if (definition.InFlightMax is < 1 or > 1 << 20)
        {
            yield return $"InFlightMax is '{definition.InFlightMax}'; 1 to {1 << 20} records.";
        }

        if (definition.RevocationDrain < TimeSpan.Zero)
        {
            yield return $"RevocationDrain is '{definition.RevocationDrain}'; 0 or more.";
        }

        foreach (var binding in definition.Handlers)
        {
            foreach (var message in binding.Descriptor.Messages.Where(message => !binding.Topics.ContainsKey(message.Topic)))
            {
                yield return $"The topic '{message.Topic}' of '{binding.Descriptor.HandlerType.Name}' has no name to subscribe to.";
            }
        }

        foreach (var wanted in Wanted(definition).GroupBy(one => (one.Topic, one.Name)).Where(same => same.Count() > 1))
        {
            yield return $"The message '{wanted.Key.Name}' of topic '{wanted.Key.Topic}' is handled by "
                + $"{string.Join(" and ", wanted.Select(one => $"'{one.Handler}'"))}: one class of a group handles a message. "
                + "Give one of them a group of its own.";
        }
    }

    private static IEnumerable<(string Topic, string Name, string Handler)> Wanted(GroupDefinition definition)
        => definition.Handlers.SelectMany(binding => binding.Descriptor.Messages
            .Where(message => binding.Topics.ContainsKey(message.Topic))
            .Select(message => (binding.Topics[message.Topic], message.Name, binding.Descriptor.HandlerType.Name)));
}
