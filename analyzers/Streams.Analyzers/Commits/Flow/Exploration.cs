using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Streams.Analyzers.Commits.Flow;

/// <summary>
/// Follows every way through a control flow graph: each operation that may fail does and does not, finally regions run for whatever
/// left their try, exceptions go to every catch that may take them. Facts on different ways are kept apart; the same fact at the same
/// block is followed once. Gives up, and says so, beyond its budget.
/// </summary>
internal sealed class Exploration
{
    private const int VisitsMax = 20_000;

    private readonly FlowBlocks _blocks;
    private readonly Transfer _transfer;
    private readonly TrackedVariables _variables;
    private readonly IFlowObserver _observer;
    private readonly CancellationToken _cancellationToken;
    private readonly Stack<(int Block, Fact Fact)> _open = new();
    private readonly HashSet<(int Block, Fact Fact)> _seen = [];
    private readonly List<Continuation> _continuations = [default];
    private readonly Dictionary<Continuation, int> _numbers = [];

    public Exploration(FlowBlocks blocks, Transfer transfer, IFlowObserver observer, CancellationToken cancellationToken)
    {
        _blocks = blocks;
        _transfer = transfer;
        _observer = observer;
        _cancellationToken = cancellationToken;
        _variables = TrackedVariables.Choose(blocks.Graph);
    }

    /// <summary>Follows all ways from the beginning. Returns false where there were too many: then nothing that was told counts.</summary>
    public bool Run()
    {
        Open(_blocks.Graph.Blocks[0].Ordinal, default);
        var visits = 0;
        while (_open.Count > 0)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (++visits > VisitsMax)
            {
                return false;
            }

            var (ordinal, fact) = _open.Pop();
            Visit(_blocks.Graph.Blocks[ordinal], fact);
        }

        return true;
    }

    private void Open(int block, Fact fact)
    {
        if (_seen.Add((block, fact)))
        {
            _open.Push((block, fact));
        }
    }

    private void Visit(BasicBlock block, Fact fact)
    {
        var facts = new List<Fact> { fact };
        foreach (var item in _blocks.EventsOf(block))
        {
            var next = new List<Fact>();
            foreach (var current in facts)
            {
                if (item.Kind == FlowEventKind.Assign)
                {
                    next.Add(current with { Variables = _variables.Apply(item.Operation, current.Variables) });
                    continue;
                }

                _transfer.Apply(item, block, current, next, raised => Raise(raised, block.EnclosingRegion, null));
            }

            facts = next.Count > 1 ? [.. next.Distinct()] : next;
        }

        foreach (var current in facts)
        {
            LeaveBlock(block, current);
        }
    }

    private void LeaveBlock(BasicBlock block, Fact fact)
    {
        if (block.ConditionKind != ControlFlowConditionKind.None && block.BranchValue is { } condition)
        {
            var jumpsWhen = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
            var known = _variables.Evaluate(condition, fact.Variables);
            if (known is null || known == jumpsWhen)
            {
                Follow(block.ConditionalSuccessor!, fact with { Variables = _variables.Refine(condition, jumpsWhen, fact.Variables) });
            }

            if (known is null || known != jumpsWhen)
            {
                Follow(block.FallThroughSuccessor, fact with { Variables = _variables.Refine(condition, !jumpsWhen, fact.Variables) });
            }
        }
        else
        {
            Follow(block.FallThroughSuccessor, fact);
        }
    }

    private void Follow(ControlFlowBranch? branch, Fact fact)
    {
        switch (branch?.Semantics)
        {
            case ControlFlowBranchSemantics.Regular or ControlFlowBranchSemantics.Return:
                Pass(branch, 0, _transfer.LeaveCatches(branch, fact));
                break;
            case ControlFlowBranchSemantics.Throw:
                Raise(fact with { Raised = fact.Raised | Fact.Other }, branch.Source.EnclosingRegion, TypeOf(branch.Source.BranchValue));
                break;
            case ControlFlowBranchSemantics.Rethrow:
                Raise(fact, branch.Source.EnclosingRegion, null);
                break;
            case ControlFlowBranchSemantics.StructuredExceptionHandling:
                Resume(branch.Source.EnclosingRegion, fact);
                break;
            default:
                break;
        }
    }

    // What is thrown as it is made has exactly its type; anything else may be something derived.
    private static ITypeSymbol? TypeOf(IOperation? thrown)
    {
        while (thrown is Microsoft.CodeAnalysis.Operations.IConversionOperation conversion)
        {
            thrown = conversion.Operand;
        }

        return thrown is Microsoft.CodeAnalysis.Operations.IObjectCreationOperation creation ? creation.Type : null;
    }

    // Runs the finally regions that a branch leaves, the innermost first, and arrives.
    private void Pass(ControlFlowBranch branch, int index, Fact fact)
    {
        if (index < branch.FinallyRegions.Length)
        {
            var continuation = NumberOf(new Continuation(branch, index + 1, null, fact.Continuation));
            Open(branch.FinallyRegions[index].FirstBlockOrdinal, fact with { Continuation = continuation });
        }
        else if (branch.Destination is { Kind: BasicBlockKind.Exit })
        {
            _observer.OnExit(branch, fact);
        }
        else if (branch.Destination is { } destination)
        {
            Open(destination.Ordinal, fact);
        }
    }

    // The end of a finally, or of a filter that said no.
    private void Resume(ControlFlowRegion? region, Fact fact)
    {
        while (region is not null && region.Kind is not (ControlFlowRegionKind.Finally or ControlFlowRegionKind.Filter))
        {
            region = region.EnclosingRegion;
        }

        if (region is null)
        {
            return;
        }

        if (region.Kind == ControlFlowRegionKind.Filter)
        {
            var handler = region.EnclosingRegion!;
            RaiseToHandlers(handler.EnclosingRegion!, handler, fact, null);
            return;
        }

        var continuation = _continuations[fact.Continuation];
        fact = fact with { Continuation = continuation.Outer };
        if (continuation.Branch is { } branch)
        {
            Pass(branch, continuation.Next, fact);
        }
        else if (continuation.Attempt is { } attempt)
        {
            Raise(fact, attempt.EnclosingRegion, null);
        }
    }

    // Looks for who takes an exception, from the region it was thrown in outwards.
    private void Raise(Fact fact, ControlFlowRegion? region, ITypeSymbol? exactType)
    {
        for (; region is not null; region = region.EnclosingRegion)
        {
            switch (region.Kind)
            {
                case ControlFlowRegionKind.Try when region.EnclosingRegion!.Kind == ControlFlowRegionKind.TryAndFinally:
                    var attempt = region.EnclosingRegion;
                    var continuation = NumberOf(new Continuation(null, 0, attempt, fact.Continuation));
                    Open(attempt.NestedRegions[1].FirstBlockOrdinal, fact with { Continuation = continuation });
                    return;
                case ControlFlowRegionKind.Try:
                    RaiseToHandlers(region.EnclosingRegion, region, fact, exactType);
                    return;
                case ControlFlowRegionKind.Catch or ControlFlowRegionKind.Filter:
                    // Out of a catch: its siblings are not asked.
                    region = FlowBlocks.AttemptOf(region);
                    break;
                case ControlFlowRegionKind.Finally:
                    fact = fact with { Continuation = _continuations[fact.Continuation].Outer };
                    region = region.EnclosingRegion!;
                    break;
                default:
                    break;
            }
        }

        _observer.OnThrow(fact);
    }

    // Offers an exception to the catches of a try that follow a region, and to those further out where none takes it for sure.
    private void RaiseToHandlers(ControlFlowRegion attempt, ControlFlowRegion after, Fact fact, ITypeSymbol? exactType)
    {
        for (var index = attempt.NestedRegions.IndexOf(after) + 1; index < attempt.NestedRegions.Length; index++)
        {
            var handler = attempt.NestedRegions[index];
            var takes = CatchRegions.Takes(handler, exactType);
            if (takes != false)
            {
                Open(handler.FirstBlockOrdinal, fact);
            }

            if (takes == true)
            {
                return;
            }
        }

        Raise(fact, attempt.EnclosingRegion, exactType);
    }

    private int NumberOf(Continuation continuation)
    {
        if (!_numbers.TryGetValue(continuation, out var number))
        {
            number = _continuations.Count;
            _continuations.Add(continuation);
            _numbers.Add(continuation, number);
        }

        return number;
    }
}
