using Streams;

namespace QuakeDesk.Messages;

/// <summary>What one quake adds to the statistics of its region.</summary>
[Message("region-shares", Compacted = true)]
public sealed partial record RegionShare(
    [PartitionKey] string QuakeId, int Revision, string Region, decimal Magnitude) : IResult;
