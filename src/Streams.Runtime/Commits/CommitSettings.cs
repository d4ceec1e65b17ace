namespace Streams.Runtime.Commits;

/// <summary>A group's commit policy. Immutable.</summary>
/// <param name="GroupId">The group, for texts.</param>
/// <param name="Policy">When offsets are committed.</param>
/// <param name="Every">After how many records Sync and Async commit.</param>
/// <param name="Interval">The interval of Auto and Manual, the idle time of the others.</param>
internal sealed record CommitSettings(string GroupId, CommitPolicy Policy, int Every, TimeSpan Interval)
{
    /// <summary>Gets a value indicating whether the policy counts records, and the interval only sweeps up what is left over.</summary>
    public bool Counts => Policy is CommitPolicy.Sync or CommitPolicy.Async;
}
