namespace Streams.Runtime.Tests.Simulation;

/// <summary>What becomes of a commit at the simulated broker.</summary>
internal enum CommitFate
{
    /// <summary>Stored and answered.</summary>
    Stored,

    /// <summary>Stored, and the answer is lost.</summary>
    AnswerLost,

    /// <summary>Refused for now.</summary>
    RefusedForNow,

    /// <summary>The group went on without this member.</summary>
    Fenced,

    /// <summary>The storage has failed.</summary>
    RefusedForGood,
}
