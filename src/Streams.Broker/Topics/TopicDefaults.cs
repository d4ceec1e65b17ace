namespace Streams.Broker.Topics;

/// <summary>Where the numbers of topics come from.</summary>
internal static class TopicDefaults
{
    /// <summary>Kafka's <c>offsets.topic.segment.bytes</c>, 100 MiB: small, so that compaction keeps loading fast.</summary>
    public const string InternalSegmentBytesText = "104857600";
}
