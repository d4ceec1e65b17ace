using System.Globalization;
using Streams.Hosting.Model;

namespace Streams.Hosting.Topics;

/// <summary>Turns the messages of a host into the topics they need.</summary>
internal static class TopicPlan
{
    /// <summary>Returns the topics by name. The messages of each agree, which is checked before.</summary>
    public static IReadOnlyList<PlannedTopic> Create(HostModel model, StreamsOptions options)
        => [.. model.Topics.Select(topic => new PlannedTopic(
            topic.Key,
            topic.Value.Select(message => message.Partitions).FirstOrDefault(said => said is not null),
            string.Join(" and ", topic.Value.Select(message => $"'{message.Type.Name}'")),
            Declared(topic.Value),
            Overrides(model.Find(options.Topics, topic.Key))))];

    private static Dictionary<string, string> Declared(IReadOnlyList<MessageDescriptor> messages)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        var retention = messages.Select(message => message.Retention).FirstOrDefault(said => said is not null);
        if (messages.Any(message => message.Compacted))
        {
            // A compacted topic deletes by age only where the message asks for that too.
            settings[TopicSettingNames.CleanupPolicy] = retention is null ? "compact" : "compact,delete";
        }

        if (retention is { } time)
        {
            settings[TopicSettingNames.RetentionTime] = Milliseconds(time);
        }

        return settings;
    }

    private static Dictionary<string, string> Overrides(TopicOptions? options)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        if (options?.Durability is { } durability)
        {
            settings[TopicSettingNames.Durability] = durability.ToString();
        }

        if (options?.Retention is { } retention)
        {
            settings[TopicSettingNames.RetentionTime] = retention == Timeout.InfiniteTimeSpan ? "-1" : Milliseconds(retention);
        }

        if (options?.RetentionBytes is { } retentionBytes)
        {
            settings[TopicSettingNames.RetentionBytes] = retentionBytes.ToString(CultureInfo.InvariantCulture);
        }

        if (options?.SegmentBytes is { } segmentBytes)
        {
            settings[TopicSettingNames.SegmentBytes] = segmentBytes.ToString(CultureInfo.InvariantCulture);
        }

        return settings;
    }

    private static string Milliseconds(TimeSpan time)
        => ((long)Math.Ceiling(time.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture);
}
