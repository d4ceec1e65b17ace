using Streams.Hosting.Model;

namespace Streams.Hosting.Validation;

/// <summary>Finds messages that contradict each other, or themselves, about their topic.</summary>
internal static class TopicFaults
{
    /// <summary>Returns every fault.</summary>
    public static IEnumerable<string> Find(HostModel model)
        => model.Topics.SelectMany(topic => FindName(topic.Key, topic.Value)
            .Concat(topic.Value.SelectMany(message => FindIn(message)))
            .Concat(FindBetween(topic.Key, topic.Value)));

    private static IEnumerable<string> FindName(string topic, IReadOnlyList<MessageDescriptor> messages)
    {
        if (NameFaults.Find(topic) is { } fault)
        {
            yield return $"The topic '{topic}' of {Names(messages)} {fault}. Change the topic in [Message].";
        }
    }

    private static IEnumerable<string> FindIn(MessageDescriptor message)
    {
        if (message.Partitions is { } partitions && partitions is < 1 or > HostingLimits.PartitionsMax)
        {
            yield return $"'{message.Type.Name}' asks for {partitions} partitions, and must ask for 1 to {HostingLimits.PartitionsMax:N0}. "
                + "Change Partitions in [Message], or leave it out for the broker's default.";
        }

        if (message.Compacted && !message.HasKey)
        {
            yield return $"'{message.Type.Name}' travels on a compacted topic, which keeps the last record of each key, and has no key. "
                + "Mark a member with [PartitionKey], or remove Compacted.";
        }

        if (message.Ordered && !message.HasKey)
        {
            yield return $"'{message.Type.Name}' is Ordered, which means ordered by key, and has no key. "
                + "Mark a member with [PartitionKey], or remove Ordered.";
        }

        if (message.Retention is { } retention && retention <= TimeSpan.Zero)
        {
            yield return $"'{message.Type.Name}' keeps its records for '{retention}', which must be more than nothing. "
                + "Change Retention in [Message].";
        }
    }

    private static IEnumerable<string> FindBetween(string topic, IReadOnlyList<MessageDescriptor> messages)
        => Conflicts(topic, messages, nameof(MessageAttribute.Partitions), message => message.Partitions?.ToString("N0"))
            .Concat(Conflicts(topic, messages, nameof(MessageAttribute.Compacted), message => message.Compacted ? "true" : "false"))
            .Concat(Conflicts(topic, messages, nameof(MessageAttribute.Retention), message => message.Retention?.ToString()))
            .Concat(Doubles(topic, messages));

    // What a message leaves out (null) it leaves to the others.
    private static IEnumerable<string> Conflicts(
        string topic,
        IReadOnlyList<MessageDescriptor> messages,
        string property,
        Func<MessageDescriptor, string?> value)
    {
        var said = messages.Where(message => value(message) is not null).ToArray();
        if (said.DistinctBy(value).Count() > 1)
        {
            yield return $"The messages on topic '{topic}' disagree about {property}: "
                + $"{string.Join(", ", said.Select(message => $"'{message.Type.Name}' says {value(message)}"))}. "
                + $"A topic has one value: say the same in each [Message].";
        }
    }

    private static IEnumerable<string> Doubles(string topic, IReadOnlyList<MessageDescriptor> messages)
    {
        foreach (var same in messages.GroupBy(message => message.Name, StringComparer.Ordinal).Where(same => same.Count() > 1))
        {
            yield return $"On topic '{topic}' the wire name '{same.Key}' stands for "
                + $"{string.Join(" and ", same.Select(message => $"'{message.Type}'"))}. "
                + "Give one of them another Name in [Message].";
        }

        var defaults = messages.Where(message => message.IsDefault).ToArray();
        if (defaults.Length > 1)
        {
            yield return $"On topic '{topic}' {Names(defaults)} are both Default, and a record without a wire name can be read as one "
                + "only. "
                + "Leave Default on one of them.";
        }
    }

    private static string Names(IReadOnlyList<MessageDescriptor> messages)
        => string.Join(" and ", messages.Select(message => $"'{message.Type.Name}'"));
}
