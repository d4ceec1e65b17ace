namespace Streams.Analyzers.Tests.Commits.Precision;

/// <summary>The small grammar of handler bodies: what a handler does to its record, and every way control can go around it.</summary>
internal abstract record Statement;

internal sealed record Block(IReadOnlyList<Statement> Statements) : Statement;

/// <summary>Work on the message: awaited, started and kept in a variable, or started and dropped.</summary>
internal sealed record Work(int Id, WorkForm Form, int Slot) : Statement;

/// <summary>Awaits the task in a variable.</summary>
internal sealed record AwaitKept(int Slot) : Statement;

internal sealed record Commit(int Id, CommitForm Form) : Statement;

internal sealed record Skip : Statement;

/// <summary>A call that may fail and means nothing to the message.</summary>
internal sealed record Other : Statement;

internal sealed record If(Block Then, Block? Else) : Statement;

/// <summary>Asks the success flag.</summary>
internal sealed record IfFlag(bool Expected, Block Then) : Statement;

internal sealed record SetFlag(bool Value) : Statement;

internal sealed record Loop(LoopForm Form, Block Body) : Statement;

internal sealed record Try(Block Body, CatchForm Form, Block? Catch, Block? Finally) : Statement;

internal sealed record Leave(LeaveForm Form) : Statement;

internal enum WorkForm
{
    Awaited,
    Synchronous,
    Kept,
    Dropped,

    /// <summary>By a helper that swallows its failure.</summary>
    Quiet,
}

internal enum CommitForm
{
    Awaited,
    Dropped,

    /// <summary>By a helper.</summary>
    Helped,
}

internal enum LoopForm
{
    /// <summary>As long as something unknown says so.</summary>
    While,

    /// <summary>Until something leaves it.</summary>
    Forever,

    /// <summary>Twice.</summary>
    Counted,
}

internal enum CatchForm
{
    None,
    General,
    Narrow,
    Filtered,
}

internal enum LeaveForm
{
    Return,
    Break,
    Continue,
    Rethrow,
}
