using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Streams.Analyzers.Commits.Flow;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.Commits;

/// <summary>Holds what happens on the ways through a body against the rules.</summary>
internal sealed class CommitFindings(
    HandlerBody body, BodyTables tables, FlowBlocks blocks, BodyMode mode, FindingSink sink) : IFlowObserver
{
    private readonly Dictionary<CallSite, (bool First, bool Second)> _said = [];
    private readonly Lazy<ICatchClauseOperation[]> _catches = new(() => CatchesOf(blocks));

    public void OnOutcome(CallSite site, BasicBlock block, Fact before)
    {
        CountOutcome(site, before);
        if (site.Outcome is { } outcome && !outcome.IsDone())
        {
            return;
        }

        if (!body.IsAtMostOnce && (before.Outcome & (OutcomeState.Decided | OutcomeState.Unknown)) == 0)
        {
            CheckFailures(site, block, before);
            CheckPending(before, site);
        }
    }

    public void OnWork(CallSite site, Fact before)
    {
        if (before.Commits == 0 || body.IsAtMostOnce || (before.Outcome & (OutcomeState.Decided | OutcomeState.Unknown)) != 0)
        {
            return;
        }

        foreach (var commit in tables.Calls.Outcomes.Where(commit => (commit.OutcomeBit & before.Commits) != 0 && commit != site))
        {
            if (!BatchLoops.IsInLoopOverBatch(commit.Call, body.Message))
            {
                sink.Add(FlowRules.CommitBeforeWork, commit.Location, [site.Location], null, Name(commit), Name(site));
            }
        }
    }

    public void OnExit(ControlFlowBranch branch, Fact fact)
    {
        if (mode == BodyMode.Handler && body.Policy == GroupPolicy.Manual)
        {
            if (fact.Outcome == OutcomeState.None && !body.IsAtMostOnce)
            {
                ReportExit(branch);
            }
        }
        else if (mode != BodyMode.Inner && body.RuntimeCommits && !body.IsAtMostOnce
            && (fact.Outcome & (OutcomeState.Decided | OutcomeState.Unknown)) == 0)
        {
            CheckSwallowed(fact);
            CheckPending(fact, null);
        }
    }

    public void OnThrow(Fact fact)
    {
    }

    /// <summary>Reports what only all ways together show.</summary>
    public void Complete()
    {
        foreach (var pair in _said.Where(pair => pair.Value.Second))
        {
            sink.Add(
                FlowRules.SecondOutcome, pair.Key.Location, [], pair.Value.First ? DiagnosticSeverity.Info : null, Name(pair.Key));
        }
    }

    // A handler that says nothing on any path cannot work; one that forgets a path mostly does.
    private void ReportExit(ControlFlowBranch branch)
    {
        var saysNothing = !body.Blocks.Any(ContextUses.SaysOutcome);
        sink.Add(
            FlowRules.PathWithoutOutcome,
            saysNothing ? body.Method.Locations[0] : new ExitLocator(body, blocks).Find(branch),
            [],
            saysNothing ? DiagnosticSeverity.Error : null,
            saysNothing
                ? $"No path through '{body.Method.Name}' says an outcome"
                : $"'{body.Method.Name}' can return here without an outcome");
    }

    private static string Name(CallSite site) => site.Call.TargetMethod.Name;

    private static ICatchClauseOperation[] CatchesOf(FlowBlocks blocks)
    {
        var root = blocks.Graph.OriginalOperation;
        var catches = root.Descendants().OfType<ICatchClauseOperation>()
            .Where(clause => FunctionAround(clause) is var function && (function is null || function == FunctionOf(root)))
            .OrderBy(clause => clause.Syntax.SpanStart)
            .ToArray();
        return catches.Length == blocks.CatchCount ? catches : [];
    }

    private static IOperation? FunctionOf(IOperation root)
        => root is IAnonymousFunctionOperation or ILocalFunctionOperation ? root : FunctionAround(root);

    private static IOperation? FunctionAround(IOperation operation)
        => (IOperation?)operation.FindAround<IAnonymousFunctionOperation>() is { } lambda
            ? operation.FindAround<ILocalFunctionOperation>() is { } inner && lambda.Syntax.Span.Contains(inner.Syntax.Span)
                ? inner
                : lambda
            : operation.FindAround<ILocalFunctionOperation>();

    // Partial outcomes follow one another, and an unknown one may have been none.
    private void CountOutcome(CallSite site, Fact before)
    {
        if (site.Outcome is { } outcome && outcome.IsPart())
        {
            return;
        }

        _said.TryGetValue(site, out var said);
        _said[site] = (before.Outcome & (OutcomeState.Done | OutcomeState.Decided)) != 0 && (before.Outcome & OutcomeState.Unknown) == 0
            ? (said.First, true)
            : (true, said.Second);
    }

    private void CheckFailures(CallSite site, BasicBlock block, Fact before)
    {
        var inner = InnermostOf(FlowBlocks.CatchAround(block), FlowBlocks.FinallyAround(block));
        if (inner?.Kind == ControlFlowRegionKind.Finally && (before.Raised | before.Failed) != 0)
        {
            sink.Add(FlowRules.CommitInFinally, site.Location, Name(site));
        }
        else if (inner?.Kind == ControlFlowRegionKind.Catch && before.Raised != 0)
        {
            if (!body.Options.PermanentExceptions.Contains(inner.ExceptionType?.Name ?? ""))
            {
                sink.Add(FlowRules.CommitInCatch, site.Location, Name(site));
            }
        }
        else if (before.Failed != 0)
        {
            sink.Add(FlowRules.CommitAfterSwallowedException, site.Location, WhereSwallowed(before), null, Name(site));
        }
    }

    private static ControlFlowRegion? InnermostOf(ControlFlowRegion? one, ControlFlowRegion? other)
        => one is null || (other is not null && other.FirstBlockOrdinal >= one.FirstBlockOrdinal
            && other.LastBlockOrdinal <= one.LastBlockOrdinal) ? other : one;

    private IEnumerable<Location> WhereSwallowed(Fact fact)
        => Swallowers(fact).Select(clause => ((CatchClauseSyntax)clause.Syntax).CatchKeyword.GetLocation())
            .Concat(tables.Calls.Work.Where(site => site.Helper is not null && (site.Bit & fact.Failed) != 0)
                .Select(site => site.Location));

    private IEnumerable<ICatchClauseOperation> Swallowers(Fact fact)
        => _catches.Value.Where((_, number) => ((1UL << number) & fact.Swallowers) != 0);

    // Work that nobody awaits at all is reported where it is dropped (STRM0010), with or without a commit.
    private void CheckPending(Fact fact, CallSite? commit)
    {
        foreach (var site in tables.Calls.Work.Where(site => (site.Bit & fact.Pending) != 0))
        {
            if (site.IsProduce || Producing.IsProduceAsync(site.Call))
            {
                sink.Add(FlowRules.UnawaitedProduce, site.Location, commit is null ? [] : [commit.Location], null, Name(site));
            }
            else if (site.Fate?.Use != TaskUse.Discarded)
            {
                sink.Add(
                    FlowRules.CommitWhileWorkIsOutstanding,
                    (commit ?? site).Location,
                    commit is null ? [] : [site.Location],
                    null,
                    commit is null ? "The handler returns, and the runtime commits," : $"'{Name(commit)}' commits",
                    Name(site));
            }
        }
    }

    private void CheckSwallowed(Fact fact)
    {
        if (fact.Failed == 0)
        {
            return;
        }

        foreach (var clause in Swallowers(fact).Where(clause => !IsCancellation(clause)))
        {
            var isGeneral = CatchRegions.IsGeneral(clause.ExceptionType)
                && clause.Filter is null or { ConstantValue: { HasValue: true, Value: true } };
            sink.Add(
                FlowRules.SwallowedException,
                ((CatchClauseSyntax)clause.Syntax).CatchKeyword.GetLocation(),
                [],
                isGeneral ? null : DiagnosticSeverity.Info,
                body.Method.Name);
        }

        // A helper of the group's own class is reported where it swallows; another does not know whose messages it drops.
        foreach (var site in tables.Calls.Work.Where(site => (site.Bit & fact.Failed) != 0 && fact.Swallowers == 0
            && site.Helper is { MethodKind: not MethodKind.LocalFunction } helper
            && !SymbolEqualityComparer.Default.Equals(helper.ContainingType, body.Method.ContainingType)))
        {
            sink.Add(FlowRules.SwallowedException, site.Location, body.Method.Name);
        }
    }

    // STRM0007 has its own view of those.
    private static bool IsCancellation(ICatchClauseOperation clause)
        => clause.ExceptionType is { Name: "OperationCanceledException" or "TaskCanceledException" };
}
