namespace Streams.Hosting.Topics;

/// <summary>The names under which a broker knows the settings of a topic: Kafka's, and one of ours.</summary>
internal static class TopicSettingNames
{
    public const string CleanupPolicy = "cleanup.policy";
    public const string RetentionTime = "retention.ms";
    public const string RetentionBytes = "retention.bytes";
    public const string SegmentBytes = "segment.bytes";
    public const string Durability = "streams.durability";
}
