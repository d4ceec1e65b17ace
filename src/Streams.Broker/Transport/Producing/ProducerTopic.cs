namespace Streams.Broker.Transport.Producing;

/// <summary>The partitions of a topic that a producer has written to. Immutable.</summary>
/// <param name="Name">The topic.</param>
/// <param name="Partitions">By number; <see langword="null"/> where nothing was written yet.</param>
internal sealed record ProducerTopic(string Name, ProducerPartition?[] Partitions);
