namespace Streams.Shared.Messages;

/// <summary>What <c>[Message]</c> says.</summary>
/// <param name="Topic">The topic as written.</param>
/// <param name="WireName">The name in the header.</param>
/// <param name="Partitions">The partition count, 0 for the broker's.</param>
/// <param name="IsOrdered">Whether order per key is relied on.</param>
/// <param name="IsCompacted">Whether the topic is compacted.</param>
/// <param name="RetentionTicks">How long records are kept, 0 for the broker's.</param>
/// <param name="Unkeyed">The value of <c>Unkeyed</c>.</param>
/// <param name="IsDefault">Whether records without a wire name are read as it.</param>
/// <param name="Partitioner">The partitioner's type, or null.</param>
internal sealed record TopicModel(
    string Topic,
    string WireName,
    int Partitions,
    bool IsOrdered,
    bool IsCompacted,
    long RetentionTicks,
    int Unkeyed,
    bool IsDefault,
    string? Partitioner);
