namespace Streams.Broker.Topics;

/// <summary>A topic in the checkpoint.</summary>
/// <param name="Name">The name.</param>
/// <param name="Id">The id.</param>
/// <param name="Partitions">The partition count.</param>
/// <param name="Settings">What was set, by Kafka's names.</param>
internal sealed record TopicCheckpointEntry(string Name, Guid Id, int Partitions, IReadOnlyDictionary<string, string> Settings);
