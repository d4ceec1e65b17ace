namespace Streams;

/// <summary>A topic as it stood at one moment.</summary>
/// <param name="Name">The name.</param>
/// <param name="Id">The id it got when it was created.</param>
/// <param name="Partitions">How many partitions it has.</param>
/// <param name="IsInternal">Whether it is one of the broker's own.</param>
/// <param name="Settings">What was set, by Kafka's names; defaults are not listed.</param>
public sealed record TopicDescription(
    string Name,
    Guid Id,
    int Partitions,
    bool IsInternal,
    IReadOnlyDictionary<string, string> Settings);
