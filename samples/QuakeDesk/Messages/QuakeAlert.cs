using Streams;

namespace QuakeDesk.Messages;

/// <summary>Whether a quake is strong enough to wake somebody up; a revision may call an alert off.</summary>
[Message("quake-alerts", Compacted = true)]
public sealed partial record QuakeAlert(
    [PartitionKey] string QuakeId, int Revision, bool IsRaised, DateTimeOffset Time, decimal Magnitude, string Place) : IResult;
