using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Streams.Analyzers.Commits.Flow;

/// <summary>Collects how a helper ends.</summary>
internal sealed class SummaryObserver(bool tellsNothing) : IFlowObserver
{
    private readonly HashSet<SummaryEnd> _ends = [];
    private readonly HashSet<OutcomeState> _throws = [];

    public IReadOnlyCollection<SummaryEnd> Ends => _ends;

    public IReadOnlyCollection<OutcomeState> Throws => _throws;

    public void OnOutcome(CallSite site, BasicBlock block, Fact before)
    {
    }

    public void OnWork(CallSite site, Fact before)
    {
    }

    // What a helper returns may say that it failed; then the caller is told.
    public void OnExit(ControlFlowBranch branch, Fact fact)
        => _ends.Add(new SummaryEnd(fact.Outcome, tellsNothing && fact.Failed != 0 && (fact.Outcome & ~OutcomeState.Done) == 0));

    public void OnThrow(Fact fact) => _throws.Add(fact.Outcome);
}
