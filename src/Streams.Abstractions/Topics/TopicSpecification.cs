namespace Streams;

/// <summary>A topic to create.</summary>
/// <param name="name">The name: 1 to 249 letters, digits, dots, hyphens and underscores.</param>
public sealed class TopicSpecification(string name)
{
    /// <summary>Gets the name.</summary>
    public string Name { get; } = name;

    /// <summary>Gets the partition count; <see langword="null"/> takes the broker's default of 6.</summary>
    public int? Partitions { get; init; }

    /// <summary>Gets settings by their Kafka names (<c>cleanup.policy</c>, <c>retention.ms</c>, ...) and <c>streams.durability</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
