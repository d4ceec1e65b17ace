using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.Commits.Flow;

/// <summary>
/// What the helpers of one body come to, found out when first asked for. A helper deeper than the option allows, or one that calls
/// itself, is unknown. Used by one thread; what it finds of methods is shared through the cache.
/// </summary>
internal sealed class Summaries(Compilation compilation, CommitOptions options, SummaryCache cache, CancellationToken cancellationToken)
{
    private readonly Dictionary<IMethodSymbol, Summary?> _local = new(SymbolEqualityComparer.Default);
    private readonly HashSet<IMethodSymbol> _inProgress = new(SymbolEqualityComparer.Default);

    /// <summary>The summary of a helper; null where it cannot be told.</summary>
    /// <param name="helper">A method, or a local function of the graph's body.</param>
    /// <param name="graph">The graph of the caller.</param>
    /// <param name="tables">The tables of the caller, which hold its local functions too.</param>
    public Summary? Of(IMethodSymbol helper, ControlFlowGraph graph, BodyTables tables)
    {
        var depth = options.FlowDepth - _inProgress.Count;
        if (depth <= 0 || !_inProgress.Add(helper))
        {
            return null;
        }

        try
        {
            if (helper.MethodKind != MethodKind.LocalFunction)
            {
                return cache.GetOrAdd(helper, depth, () => OfMethod(helper));
            }

            if (!_local.TryGetValue(helper, out var summary))
            {
                summary = OfLocalFunction(helper, graph, tables);
                _local.Add(helper, summary);
            }

            return summary;
        }
        finally
        {
            _inProgress.Remove(helper);
        }
    }

    private Summary? OfLocalFunction(IMethodSymbol helper, ControlFlowGraph graph, BodyTables tables)
    {
        for (ControlFlowGraph? scope = graph; scope is not null; scope = scope.Parent)
        {
            if (scope.LocalFunctions.Contains(helper))
            {
                return Explore(helper, scope.GetLocalFunctionControlFlowGraph(helper, cancellationToken), tables);
            }
        }

        return null;
    }

    private Summary? OfMethod(IMethodSymbol helper)
    {
        var syntax = helper.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken);
#pragma warning disable RS1030 // The body of a helper may stand in another file; it is bound once, and only where a context gets there.
        var model = compilation.GetSemanticModel(syntax.SyntaxTree);
#pragma warning restore RS1030
        if (model.GetOperation(syntax, cancellationToken) is not IMethodBodyOperation body)
        {
            return null;
        }

        var blocks = new IOperation?[] { body.BlockBody, body.ExpressionBody }.OfType<IOperation>().ToArray();
        return BodyTables.Read(blocks, MessageUses.Read(helper, blocks), options) is { } tables
            ? Explore(helper, ControlFlowGraph.Create(body, cancellationToken), tables)
            : null;
    }

    private Summary? Explore(IMethodSymbol helper, ControlFlowGraph graph, BodyTables tables)
    {
        if (graph.Blocks.Length > options.FlowBlocksMax)
        {
            return null;
        }

        var body = graph.OriginalOperation.Syntax.Span;
        var doesWork = tables.Calls.Work.Any(site => site.Kind == WorkKind.Work && body.Contains(site.Call.Syntax.Span));
        var observer = new SummaryObserver(TellsNothing(helper));
        var blocks = new FlowBlocks(graph, tables);
        var transfer = new Transfer(blocks, tables, this, options, observer);
        return new Exploration(blocks, transfer, observer, cancellationToken).Run()
            ? new Summary(observer.Ends, observer.Throws, doesWork)
            : null;
    }

    private static bool TellsNothing(IMethodSymbol helper)
        => helper.ReturnsVoid || helper.ReturnType is INamedTypeSymbol { IsGenericType: false, Name: "Task" or "ValueTask" };
}
