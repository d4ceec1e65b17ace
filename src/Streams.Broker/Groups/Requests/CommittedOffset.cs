namespace Streams.Broker.Groups.Requests;

/// <summary>A committed offset as it is stored. Immutable.</summary>
/// <param name="Offset">The next offset to be handled.</param>
/// <param name="LeaderEpoch">The leader epoch of the last handled record, or -1.</param>
/// <param name="Metadata">The text beside it.</param>
/// <param name="CommitTimestamp">When it was committed, in milliseconds since 1970.</param>
/// <param name="ExpireTimestamp">When it expires, where the committer asked for it (OffsetCommit v2 to v4).</param>
internal sealed record CommittedOffset(long Offset, int LeaderEpoch, string Metadata, long CommitTimestamp, long? ExpireTimestamp);
