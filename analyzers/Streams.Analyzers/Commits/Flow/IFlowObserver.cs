using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Streams.Analyzers.Commits.Flow;

/// <summary>Is told what happens on every way through a body. The same may be told many times.</summary>
internal interface IFlowObserver
{
    /// <summary>An outcome is about to be said, by a call on a context or by a helper.</summary>
    void OnOutcome(CallSite site, BasicBlock block, Fact before);

    /// <summary>Work is about to begin.</summary>
    void OnWork(CallSite site, Fact before);

    /// <summary>The body ends normally.</summary>
    void OnExit(ControlFlowBranch branch, Fact fact);

    /// <summary>The body ends with an exception.</summary>
    void OnThrow(Fact fact);
}
