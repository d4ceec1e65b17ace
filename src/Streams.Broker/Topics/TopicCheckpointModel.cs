namespace Streams.Broker.Topics;

/// <summary>What the checkpoint says.</summary>
/// <param name="Topics">The topics there are, those included whose logs a crash kept from being created.</param>
/// <param name="Deleting">The topics whose logs and offsets are being deleted.</param>
internal sealed record TopicCheckpointModel(IReadOnlyList<TopicCheckpointEntry> Topics, IReadOnlyList<TopicCheckpointEntry> Deleting);
