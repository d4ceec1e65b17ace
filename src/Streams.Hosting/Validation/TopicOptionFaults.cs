using Streams.Hosting.Model;

namespace Streams.Hosting.Validation;

/// <summary>Checks what configuration overrides of topics.</summary>
internal static class TopicOptionFaults
{
    /// <summary>Returns every fault.</summary>
    public static IEnumerable<string> Find(HostModel model, StreamsOptions options)
        => OverrideFaults
            .Find(model, options.Topics, model.Topics.Keys, "Topics", "topic of a message of this host", "AddHandlers() or AddMessages()")
            .Concat(options.Topics.SelectMany(FindRanges));

    private static IEnumerable<string> FindRanges(KeyValuePair<string, TopicOptions> topic)
    {
        var place = $"Streams:Topics:{topic.Key}";
        if (topic.Value.Retention is { } retention && retention <= TimeSpan.Zero && retention != Timeout.InfiniteTimeSpan)
        {
            yield return $"'{place}:Retention' is '{retention}', and must be more than nothing, or '{Timeout.InfiniteTimeSpan}' for ever.";
        }

        if (topic.Value.RetentionBytes is { } bytes && RangeFaults.Find($"{place}:RetentionBytes", bytes, 1, long.MaxValue) is { } tooFew)
        {
            yield return tooFew;
        }

        if (topic.Value.SegmentBytes is { } segment
            && RangeFaults.Find($"{place}:SegmentBytes", segment, HostingLimits.SegmentBytesMin, int.MaxValue) is { } tooSmall)
        {
            yield return tooSmall;
        }
    }
}
