using QuakeDesk.Messages;
using Streams;

namespace QuakeDesk.Handlers;

/// <summary>Raises alerts. Sync: an offset is committed before the next record, so a crash repeats one record of each partition at most.</summary>
[ConsumerGroup("alerts", Commit = CommitPolicy.Sync)]
public sealed class Alerts
{
    private const decimal Threshold = 5.5m;

    /// <summary>Returns the alert of the quake, which is produced before the offset is committed.</summary>
    public QuakeAlert Handle(QuakeEvent quake)
        => new(quake.QuakeId, quake.Revision, quake.Magnitude >= Threshold, quake.Time, quake.Magnitude, quake.Place);
}
