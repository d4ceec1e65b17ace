namespace Streams.Analyzers.Commits.Flow;

/// <summary>What calling a helper may come to.</summary>
/// <param name="Ends">The ways it returns.</param>
/// <param name="Throws">What may have been said before it throws.</param>
/// <param name="DoesWork">Whether it works on the message.</param>
internal sealed record Summary(IReadOnlyCollection<SummaryEnd> Ends, IReadOnlyCollection<OutcomeState> Throws, bool DoesWork);
