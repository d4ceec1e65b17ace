namespace Streams.Runtime.Commits;

/// <summary>What an answer to a commit means for the group (facts on commits, 4.5).</summary>
internal enum CommitAnswer
{
    /// <summary>
    /// The coordinator is loading, has moved or did not answer in time, the group rebalances and the leases may stay, or one lease of several
    /// has ended.
    /// Next: the same partitions again after a backoff, with the watermark of then; never an older value over a newer one.
    /// </summary>
    Retry,

    /// <summary>
    /// The group went on without this member: another generation, an unknown member, a fenced instance.
    /// Next: every lease is lost; nothing is committed any more; the transport joins anew.
    /// </summary>
    Fenced,

    /// <summary>Authorization, failed storage, anything else. Next: the group stops in this process, and its health says why.</summary>
    Fatal,
}
