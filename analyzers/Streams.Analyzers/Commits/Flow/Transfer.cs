using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.Commits.Flow;

/// <summary>What an event makes of a fact. Each fact goes on as one or more, and is raised where the event may fail.</summary>
internal sealed class Transfer(FlowBlocks blocks, BodyTables tables, Summaries summaries, CommitOptions options, IFlowObserver observer)
{
    /// <summary>Applies an event.</summary>
    public void Apply(FlowEvent item, BasicBlock block, Fact fact, List<Fact> next, Action<Fact> raise)
    {
        switch (item.Kind)
        {
            case FlowEventKind.Call when item.Site!.Outcome is { } outcome:
                ApplyOutcome(item.Site, outcome, block, fact, next, raise);
                break;
            case FlowEventKind.Call:
                ApplyCall(item.Site!, block, fact, next, raise);
                break;
            case FlowEventKind.Await:
                ApplyAwait(item.Bits, block, fact, next, raise);
                break;
            case FlowEventKind.Release:
                next.Add(fact with { Pending = fact.Pending & ~item.Bits, Orphans = fact.Orphans & ~item.Bits });
                break;
            case FlowEventKind.Escape:
                next.Add(fact with { Outcome = fact.Outcome | OutcomeState.Unknown });
                break;
            default:
                next.Add(fact);
                break;
        }
    }

    /// <summary>A branch leaves catches: what they caught is swallowed, unless they are for exceptions that may be.</summary>
    public Fact LeaveCatches(ControlFlowBranch branch, Fact fact)
    {
        foreach (var region in branch.LeavingRegions)
        {
            if (region.Kind == ControlFlowRegionKind.Catch)
            {
                var caught = blocks.TriedBefore(region);
                fact = options.PermanentExceptions.Contains(region.ExceptionType?.Name ?? "")
                    ? fact with { Raised = fact.Raised & ~(caught | Fact.Other) }
                    : fact.WithSwallowed(caught, 1UL << Math.Min(blocks.NumberOf(region), Fact.SitesMax));
            }
        }

        return fact;
    }

    private void ApplyOutcome(
        CallSite site, OutcomeKind outcome, BasicBlock block, Fact fact, List<Fact> next, Action<Fact> raise)
    {
        observer.OnOutcome(site, block, fact);
        if (site.Fate?.Use is not (TaskUse.Discarded or TaskUse.Kept))
        {
            RaiseIfAllowed(fact, raise);
        }

        next.Add(outcome.IsPart() ? fact with { Outcome = fact.Outcome | OutcomeState.Part }
            : outcome.IsDone() ? fact with { Outcome = fact.Outcome | OutcomeState.Done, Commits = fact.Commits | site.OutcomeBit }
            : fact with { Outcome = fact.Outcome | OutcomeState.Decided });
    }

    private void ApplyCall(CallSite site, BasicBlock block, Fact fact, List<Fact> next, Action<Fact> raise)
    {
        if (site.Kind == WorkKind.Work)
        {
            observer.OnWork(site, fact);
        }

        if (site.Helper is { } helper && summaries.Of(helper, blocks.Graph, tables) is { } summary && !IsPutOff(site))
        {
            ApplySummary(site, summary, block, fact, next, raise);
            return;
        }

        if (site.PassesContext || site.Helper is { MethodKind: MethodKind.LocalFunction })
        {
            fact = fact with { Outcome = fact.Outcome | OutcomeState.Unknown };
        }

        var isExcused = (tables.Tasks.Excused & site.Bit) != 0;
        if (site.OnlyStarts && site.Kind == WorkKind.Work && !isExcused)
        {
            next.Add(Begin(site, fact));
        }
        else if (site.IsProduce)
        {
            RaiseIfAllowed(fact with { Raised = fact.Raised | site.Bit }, raise);
            next.Add(fact with { Pending = fact.Pending | site.Bit });
        }
        else
        {
            if (site.Fate?.Use == TaskUse.Returned)
            {
                // It fails where the caller awaits it, and no catch of this body sees that.
                observer.OnThrow(fact);
            }
            else if (site.Kind != WorkKind.None && !isExcused && !IsPutOff(site))
            {
                RaiseIfAllowed(fact with { Raised = fact.Raised | (site.Kind == WorkKind.Work ? site.Bit : Fact.Other) }, raise);
            }

            next.Add(Settle(site, block, site.Kind == WorkKind.Work ? fact.WithDone(site.Bit) : fact));
        }
    }

    // A helper whose task is kept or dropped goes on beside what follows: when it says its outcome is anyone's guess.
    private static bool IsPutOff(CallSite site) => site.Fate?.Use is TaskUse.Kept or TaskUse.Discarded;

    private void ApplySummary(
        CallSite site, Summary summary, BasicBlock block, Fact fact, List<Fact> next, Action<Fact> raise)
    {
        if (summary.Ends.Any(end => (end.Outcome & OutcomeState.Done) != 0))
        {
            observer.OnOutcome(site, block, fact);
        }

        var failed = site.Kind == WorkKind.Work || summary.DoesWork ? site.Bit : Fact.Other;
        foreach (var outcome in summary.Throws)
        {
            RaiseIfAllowed(fact with { Outcome = fact.Outcome | outcome, Raised = fact.Raised | failed }, raise);
        }

        foreach (var end in summary.Ends)
        {
            var after = fact.WithDone(site.Bit);
            after = after with
            {
                Outcome = after.Outcome | end.Outcome,
                Commits = after.Commits | ((end.Outcome & OutcomeState.Done) != 0 ? site.OutcomeBit : 0),
                Failed = after.Failed | (end.Swallows ? site.Bit : 0),
            };
            next.Add(end.Swallows ? after : Settle(site, block, after));
        }
    }

    private void ApplyAwait(ulong bits, BasicBlock block, Fact fact, List<Fact> next, Action<Fact> raise)
    {
        var awaited = fact.Pending & bits & ~fact.Orphans;
        if (awaited == 0)
        {
            next.Add(fact);
            return;
        }

        RaiseIfAllowed(fact with { Pending = fact.Pending & ~awaited, Raised = fact.Raised | awaited }, raise);
        next.Add(Handle(block, fact.WithDone(awaited)));
    }

    private Fact Begin(CallSite site, Fact fact)
        => fact with { Pending = fact.Pending | site.Bit, Orphans = fact.Orphans | (fact.Pending & tables.Calls.ForgottenBy(site)) };

    // A message that is put aside by a method of the project's own is decided, awaited or not.
    private Fact Settle(CallSite site, BasicBlock block, Fact fact)
        => WorkCalls.Names(options.DeadLetterMethods, site.Call.TargetMethod)
            || (site is { Kind: WorkKind.Work, Fate.Use: TaskUse.Awaited })
                ? Handle(block, fact)
                : fact;

    // In a catch, work that succeeds makes good what failed: a fallback, a queue for failures.
    private Fact Handle(BasicBlock block, Fact fact)
        => fact.Raised != 0 && FlowBlocks.CatchAround(block) is { } handler
            ? fact with { Raised = fact.Raised & ~(blocks.TriedBefore(handler) | Fact.Other) }
            : fact;

    private void RaiseIfAllowed(Fact fact, Action<Fact> raise)
    {
        if (options.ExceptionPaths)
        {
            raise(fact);
        }
    }
}
