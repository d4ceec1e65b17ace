namespace Streams.Analyzers.Commits.Flow;

/// <summary>What has been said about the record on the way to a point.</summary>
[Flags]
internal enum OutcomeState : byte
{
    None = 0,

    /// <summary>Done: acknowledged or committed as a whole.</summary>
    Done = 1,

    /// <summary>A part of the batch is done.</summary>
    Part = 2,

    /// <summary>Skipped, put aside, or to come again: loss is no question any more.</summary>
    Decided = 4,

    /// <summary>The context went where it cannot be followed; anything may have been said.</summary>
    Unknown = 8,
}
