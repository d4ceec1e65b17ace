namespace Streams.Runtime.Commits;

/// <summary>What is known of one source's commits. Belongs to the committer.</summary>
internal sealed class CommitEntry
{
    /// <summary>Gets or sets the offset that needs no commit: the committed one, or where a lease without one began.</summary>
    public long Floor { get; set; }

    /// <summary>Gets or sets what is committed, or <see langword="null"/>.</summary>
    public long? Committed { get; set; }

    /// <summary>Gets or sets an offset to commit whatever the watermark is: the target of a seek, or the end a group begins at.</summary>
    public long? Exact { get; set; }
}
