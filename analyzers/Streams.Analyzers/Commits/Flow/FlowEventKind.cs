namespace Streams.Analyzers.Commits.Flow;

/// <summary>What happens at an operation of a block.</summary>
internal enum FlowEventKind
{
    /// <summary>A call that matters.</summary>
    Call,

    /// <summary>Tasks are awaited.</summary>
    Await,

    /// <summary>Tasks go where somebody else awaits them.</summary>
    Release,

    /// <summary>A context goes out of sight.</summary>
    Escape,

    /// <summary>A variable may change.</summary>
    Assign,
}
