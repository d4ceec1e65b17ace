using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Streams.Analyzers.Commits.Flow;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.Commits;

/// <summary>Follows the ways through a body and through the functions nested in it, each for itself.</summary>
internal sealed class BodyFollower(HandlerBody body, BodyTables tables, SummaryCache cache, FindingSink sink)
{
    public void Follow(ControlFlowGraph graph, BodyMode mode)
    {
        if (graph.Blocks.Length > body.Options.FlowBlocksMax)
        {
            return;
        }

        var found = new FindingSink();
        var blocks = new FlowBlocks(graph, tables);
        var findings = new CommitFindings(body, tables, blocks, mode, found);
        var summaries = new Summaries(body.Compilation, body.Options, cache, body.CancellationToken);
        var transfer = new Transfer(blocks, tables, summaries, body.Options, findings);
        if (new Exploration(blocks, transfer, findings, body.CancellationToken).Run())
        {
            findings.Complete();
            sink.AddAll(found);
        }

        FollowNested(graph);
    }

    /// <summary>Whether a function returns nothing that could say that it failed.</summary>
    public static bool TellsNothing(IMethodSymbol method)
        => method.ReturnsVoid || (WorkCalls.IsTask(method.ReturnType) && method.ReturnType is INamedTypeSymbol { IsGenericType: false });

    private void FollowNested(ControlFlowGraph graph)
    {
        foreach (var function in graph.LocalFunctions)
        {
            Follow(graph.GetLocalFunctionControlFlowGraph(function, body.CancellationToken), ModeOf(function));
        }

        var lambdas = graph.Blocks
            .SelectMany(block => block.BranchValue is { } value ? block.Operations.Add(value) : block.Operations)
            .SelectMany(operation => operation.DescendantsAndSelf())
            .OfType<IFlowAnonymousFunctionOperation>();
        foreach (var lambda in lambdas)
        {
            Follow(graph.GetAnonymousFunctionControlFlowGraph(lambda, body.CancellationToken), ModeOf(lambda.Symbol));
        }
    }

    private static BodyMode ModeOf(IMethodSymbol function)
        => function.IsAsync && TellsNothing(function) ? BodyMode.TellsNothing : BodyMode.Inner;
}
