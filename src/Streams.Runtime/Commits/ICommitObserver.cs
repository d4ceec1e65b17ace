using Streams.Transport;

namespace Streams.Runtime.Commits;

/// <summary>Whom the committer tells, inside the group's events.</summary>
internal interface ICommitObserver
{
    /// <summary>Gets a value indicating whether another commit may begin: results not yet taken are few enough.</summary>
    bool TakesResults { get; }

    /// <summary>A commit is done, or given up for now: its value stays due.</summary>
    void OnCommitted(IReadOnlyList<OffsetCommit> offsets, StreamsException? error);

    /// <summary>The group went on without this member.</summary>
    void OnFenced(StreamsException error);

    /// <summary>The group cannot commit and stops.</summary>
    void OnCommitFatal(StreamsException error);
}
