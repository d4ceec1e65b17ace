using QuakeDesk.Messages;
using Streams;

namespace QuakeDesk.Handlers;

/// <summary>
/// Keeps the latest revision of each quake. PerKey: eight quakes at a time, the revisions of one quake in their order. Async: every
/// record asks for a commit, and nobody waits for it.
/// </summary>
[ConsumerGroup("latest", Commit = CommitPolicy.Async, Order = ProcessingOrder.PerKey, Concurrency = 8)]
public sealed class Latest
{
    /// <summary>Returns what is now known about the quake.</summary>
    public LatestQuake Handle(QuakeEvent quake)
        => new(quake.QuakeId, quake.Revision, quake.PublishedAt, quake.Time, quake.Status);
}
