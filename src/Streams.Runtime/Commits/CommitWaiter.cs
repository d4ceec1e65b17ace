namespace Streams.Runtime.Commits;

/// <summary>Somebody who waits for a commit. Every round commits all that is dirty, so a round begun later than the wait answers it.</summary>
/// <param name="Source">Whose lease must live on for the wait to make sense.</param>
/// <param name="Round">The first round that answers.</param>
/// <param name="Answered">Called once inside the group's events.</param>
internal sealed record CommitWaiter(ICommitSource Source, long Round, Action<StreamsException?> Answered);
