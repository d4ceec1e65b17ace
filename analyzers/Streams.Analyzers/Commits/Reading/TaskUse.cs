namespace Streams.Analyzers.Commits.Reading;

/// <summary>What becomes of a task where it is made.</summary>
internal enum TaskUse
{
    /// <summary>It is awaited.</summary>
    Awaited,

    /// <summary>The thread waits for it: <c>Wait()</c>, <c>Result</c>, <c>GetResult()</c>.</summary>
    Blocked,

    /// <summary>Nobody will ever look at it.</summary>
    Discarded,

    /// <summary>A local holds it, or a collection in a local.</summary>
    Kept,

    /// <summary>It is returned: the caller awaits it.</summary>
    Returned,

    /// <summary>Somebody else has it.</summary>
    PassedOn,
}
