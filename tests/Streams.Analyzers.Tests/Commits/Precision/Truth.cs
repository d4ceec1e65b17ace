namespace Streams.Analyzers.Tests.Commits.Precision;

/// <summary>What can happen to the message of a body, over all its executions.</summary>
internal sealed class Truth
{
    /// <summary>The commits that some execution makes too early, after swallowed failures, or beside outstanding work.</summary>
    public HashSet<int> LosingCommits { get; } = [];

    /// <summary>Whether some execution loses the message.</summary>
    public bool CanBeLost { get; set; }

    /// <summary>Whether some execution is done, or committed, while dropped work may still run.</summary>
    public bool CanOvertakeDroppedWork { get; set; }

    /// <summary>Whether some execution returns and says nothing.</summary>
    public bool CanBeStuck { get; set; }

    /// <summary>Whether there were too many executions to try them all.</summary>
    public bool IsTooLarge { get; set; }
}
