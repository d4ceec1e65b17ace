using System.Collections.Frozen;
using System.Globalization;
using Streams.Storage;

namespace Streams.Broker.Topics;

/// <summary>The settings a topic takes, by Kafka's names; what is not set comes from the defaults.</summary>
internal static class TopicSettings
{
    public const string CleanupPolicy = "cleanup.policy";
    public const string RetentionTime = "retention.ms";
    public const string RetentionBytes = "retention.bytes";
    public const string SegmentBytes = "segment.bytes";
    public const string SegmentTime = "segment.ms";
    public const string MessageBytes = "max.message.bytes";
    public const string DeleteRetention = "delete.retention.ms";
    public const string MinCompactionLag = "min.compaction.lag.ms";
    public const string MinDirtyRatio = "min.cleanable.dirty.ratio";
    public const string TopicDurability = "streams.durability";

    private const long Unlimited = -1;

    private static readonly FrozenDictionary<string, TopicSetting> All = new[]
    {
        new TopicSetting(CleanupPolicy, "'delete', 'compact' or both with a comma between them", ApplyCleanupPolicy),
        Number(RetentionTime, Unlimited, long.MaxValue, "-1 keeps records forever", (log, value)
            => log with { RetentionTime = DurationOrForever(value) }),
        Number(RetentionBytes, Unlimited, long.MaxValue, "-1 sets no bound", (log, value)
            => log with { RetentionBytes = value < 0 ? null : value }),
        Number(SegmentBytes, TopicLimits.SegmentBytesMin, int.MaxValue, "bytes", (log, value) => log with { SegmentBytesMax = (int)value }),
        Number(SegmentTime, 1, long.MaxValue, "milliseconds", (log, value) => log with { SegmentAgeMax = Duration(value) }),
        Number(MessageBytes, 0, TopicLimits.MessageBytesMax, "bytes of a whole batch", (log, value)
            => log with { BatchBytesMax = (int)value }),
        Number(DeleteRetention, 0, long.MaxValue, "milliseconds", (log, value) => log with { DeleteRetention = Duration(value) }),
        Number(MinCompactionLag, 0, long.MaxValue, "milliseconds", (log, value) => log with { MinCompactionLag = Duration(value) }),
        new TopicSetting(MinDirtyRatio, "a number from 0 to 1 with a decimal point", ApplyMinDirtyRatio),
        new TopicSetting(TopicDurability, string.Join(", ", Enum.GetNames<Durability>()), ApplyDurability),
    }.ToFrozenDictionary(setting => setting.Name, StringComparer.Ordinal);

    /// <summary>Returns what settings come to.</summary>
    /// <param name="topic">The topic, for the error text.</param>
    /// <param name="settings">Names and values.</param>
    /// <param name="defaults">What holds where nothing is set.</param>
    /// <exception cref="StreamsException">InvalidConfiguration, with every fault at once.</exception>
    public static LogOptions Apply(string topic, IReadOnlyDictionary<string, string> settings, LogOptions defaults)
    {
        var faults = new List<string>();
        var log = defaults;
        foreach (var (name, value) in settings)
        {
            if (!All.TryGetValue(name, out var setting))
            {
                faults.Add(Unknown(name));
            }
            else if (value is null || setting.Apply(log, value.Trim()) is not { } applied)
            {
                faults.Add($"'{name}' cannot be '{value}' (allowed: {setting.Bound})");
            }
            else
            {
                log = applied;
            }
        }

        Refuse(topic, faults);
        return log;
    }

    /// <summary>Refuses names that are no settings.</summary>
    /// <exception cref="StreamsException">InvalidConfiguration, with every fault at once.</exception>
    public static void CheckNames(string topic, IEnumerable<string> names)
        => Refuse(topic, [.. names.Where(name => !All.ContainsKey(name)).Select(Unknown)]);

    private static void Refuse(string topic, List<string> faults)
    {
        if (faults.Count > 0)
        {
            throw new StreamsException($"The settings of topic '{topic}' are not valid: {string.Join("; ", faults)}.")
            {
                Code = StreamsErrorCode.InvalidConfiguration,
            };
        }
    }

    private static string Unknown(string name)
        => $"there is no setting '{name}' (known are {string.Join(", ", All.Keys.Order(StringComparer.Ordinal))})";

    private static TopicSetting Number(string name, long min, long max, string meaning, Func<LogOptions, long, LogOptions> apply)
        => new(
            name,
            $"whole numbers from {min} to {max}; {meaning}",
            (log, text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                && value >= min && value <= max
                ? apply(log, value)
                : null);

    private static LogOptions? ApplyCleanupPolicy(LogOptions log, string text)
    {
        var policies = text.Split(',', StringSplitOptions.TrimEntries);
        return policies.All(policy => policy is "delete" or "compact")
            ? log with { Delete = policies.Contains("delete"), Compact = policies.Contains("compact") }
            : null;
    }

    private static LogOptions? ApplyMinDirtyRatio(LogOptions log, string text)
        => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1
            ? log with { MinDirtyRatio = ratio }
            : null;

    // Numbers are no names: Enum.TryParse alone would take '17'.
    private static LogOptions? ApplyDurability(LogOptions log, string text)
        => Enum.TryParse<Durability>(text, ignoreCase: true, out var durability) && Enum.IsDefined(durability) && char.IsLetter(text[0])
            ? log with { Durability = durability }
            : null;

    private static TimeSpan? DurationOrForever(long milliseconds)
        => milliseconds < 0 || milliseconds > TopicLimits.DurationMax.TotalMilliseconds ? null : TimeSpan.FromMilliseconds(milliseconds);

    private static TimeSpan Duration(long milliseconds) => DurationOrForever(milliseconds) ?? TopicLimits.DurationMax;
}
