using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Streams.Analyzers.Commits.Flow;

/// <summary>The events of every block of a graph, and what its regions mean for them. Read once, before ways are followed.</summary>
internal sealed class FlowBlocks
{
    private readonly List<FlowEvent>[] _events;
    private readonly List<ControlFlowRegion> _catches = [];
    private readonly Dictionary<ControlFlowRegion, ulong> _tried = [];

    public FlowBlocks(ControlFlowGraph graph, BodyTables tables)
    {
        Graph = graph;
        _events = [.. graph.Blocks.Select(block => EventsOf(block, tables))];
        FindCatches(graph.Root);
    }

    public ControlFlowGraph Graph { get; }

    /// <summary>The events of a block in the order of evaluation; those of its condition come last.</summary>
    public IReadOnlyList<FlowEvent> EventsOf(BasicBlock block) => _events[block.Ordinal];

    /// <summary>The catch around a block, if control is in one and in no function or try nested in it that matters less.</summary>
    public static ControlFlowRegion? CatchAround(BasicBlock block) => Around(block, ControlFlowRegionKind.Catch);

    /// <summary>The finally around a block.</summary>
    public static ControlFlowRegion? FinallyAround(BasicBlock block) => Around(block, ControlFlowRegionKind.Finally);

    /// <summary>The number of a catch among those of its graph, in the order of the text.</summary>
    public int NumberOf(ControlFlowRegion handler) => _catches.IndexOf(handler);

    /// <summary>The catches of the graph.</summary>
    public int CatchCount => _catches.Count;

    /// <summary>The work done in the try that a catch belongs to.</summary>
    public ulong TriedBefore(ControlFlowRegion handler)
    {
        if (!_tried.TryGetValue(handler, out var bits))
        {
            var attempt = TryOf(handler);
            for (var ordinal = attempt.FirstBlockOrdinal; ordinal <= attempt.LastBlockOrdinal; ordinal++)
            {
                foreach (var item in _events[ordinal])
                {
                    bits |= item.Bits | (item.Site is { Outcome: null } site ? site.Bit : 0);
                }
            }

            _tried.Add(handler, bits);
        }

        return bits;
    }

    /// <summary>The region of a try with its catches that a catch belongs to.</summary>
    public static ControlFlowRegion AttemptOf(ControlFlowRegion handler)
        => handler.EnclosingRegion!.Kind == ControlFlowRegionKind.FilterAndHandler
            ? handler.EnclosingRegion.EnclosingRegion!
            : handler.EnclosingRegion!;

    private static ControlFlowRegion TryOf(ControlFlowRegion handler) => AttemptOf(handler).NestedRegions[0];

    private static ControlFlowRegion? Around(BasicBlock block, ControlFlowRegionKind kind)
    {
        for (var region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
        {
            if (region.Kind == kind)
            {
                return region;
            }
        }

        return null;
    }

    private static List<FlowEvent> EventsOf(BasicBlock block, BodyTables tables)
    {
        var events = new List<FlowEvent>();
        foreach (var operation in block.Operations)
        {
            Collect(operation, tables, events);
        }

        if (block.BranchValue is { } value)
        {
            Collect(value, tables, events);
        }

        return events;
    }

    // Operands come before what is done with them.
    private static void Collect(IOperation operation, BodyTables tables, List<FlowEvent> events)
    {
        foreach (var child in operation.ChildOperations)
        {
            Collect(child, tables, events);
        }

        if (operation is ISimpleAssignmentOperation or ICompoundAssignmentOperation or IIncrementOrDecrementOperation or IArgumentOperation)
        {
            events.Add(new FlowEvent(FlowEventKind.Assign, operation));
        }

        if (operation is ILocalReferenceOperation or IParameterReferenceOperation or IFlowAnonymousFunctionOperation
            or IMethodReferenceOperation)
        {
            AddUse(operation, tables, events);
        }

        if (operation.IsImplicit)
        {
            return;
        }

        if (operation is IInvocationOperation && tables.Calls.Find(operation.Syntax) is { } site)
        {
            events.Add(new FlowEvent(FlowEventKind.Call, operation, site));
        }

        if (operation is IAwaitOperation or IInvocationOperation or IPropertyReferenceOperation
            && tables.Tasks.AwaitedAt(operation.Syntax) is not 0 and var awaited)
        {
            events.Add(new FlowEvent(FlowEventKind.Await, operation, Bits: awaited));
        }
    }

    private static void AddUse(IOperation operation, BodyTables tables, List<FlowEvent> events)
    {
        if (tables.Tasks.ReleasedAt(operation.Syntax) is not 0 and var released)
        {
            events.Add(new FlowEvent(FlowEventKind.Release, operation, Bits: released));
        }

        if (operation is ILocalReferenceOperation && tables.Tasks.AwaitedAt(operation.Syntax) is not 0 and var awaited)
        {
            events.Add(new FlowEvent(FlowEventKind.Await, operation, Bits: awaited));
        }

        if (tables.IsEscape(operation.Syntax))
        {
            events.Add(new FlowEvent(FlowEventKind.Escape, operation));
        }
    }

    private void FindCatches(ControlFlowRegion region)
    {
        foreach (var nested in region.NestedRegions)
        {
            if (nested.Kind == ControlFlowRegionKind.Catch)
            {
                _catches.Add(nested);
            }

            FindCatches(nested);
        }
    }
}
