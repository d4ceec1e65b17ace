using Streams;

namespace QuakeDesk.Messages;

/// <summary>The latest that is known about a quake.</summary>
[Message("latest-quakes", Compacted = true)]
public sealed partial record LatestQuake(
    [PartitionKey] string QuakeId, int Revision, DateTimeOffset PublishedAt, DateTimeOffset Time, string Status) : IResult;
