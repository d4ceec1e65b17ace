namespace Streams.Analyzers.Commits.Flow;

/// <summary>One way a helper returns.</summary>
/// <param name="Outcome">What it said.</param>
/// <param name="Swallows">Whether work failed on the way and the caller is not told.</param>
internal readonly record struct SummaryEnd(OutcomeState Outcome, bool Swallows);
