using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Streams.Analyzers.Commits.Flow;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.Commits;

/// <summary>
/// STRM0002 to STRM0006, STRM0008, STRM0011, STRM0012 and STRM0018: what may happen to a message on the ways through a handler, the
/// helpers it calls, its lambdas and its local functions. Silent where it cannot know.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CommitFlowAnalyzer : HandlerBodyAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        FlowRules.CommitBeforeWork,
        FlowRules.CommitInFinally,
        FlowRules.CommitInCatch,
        FlowRules.CommitAfterSwallowedException,
        FlowRules.SwallowedException,
        FlowRules.CommitWhileWorkIsOutstanding,
        FlowRules.UnawaitedProduce,
        FlowRules.PathWithoutOutcome,
        FlowRules.SecondOutcome,
    ];

    private protected override void Analyze(HandlerBody body, SummaryCache summaries)
    {
        if (!CanMatter(body) || BodyTables.Read(body.Blocks, body.Message, body.Options) is not { } tables)
        {
            return;
        }

        var sink = new FindingSink();
        foreach (var block in body.Blocks.Where(block => block is IBlockOperation { Parent: IMethodBodyOperation }))
        {
            new BodyFollower(body, tables, summaries, sink).Follow(body.GraphOf(block), ModeOf(body));
        }

        foreach (var diagnostic in sink.Found)
        {
            body.Report(diagnostic);
        }
    }

    // Cheap questions first: most bodies hold nothing a way through them could change.
    private static bool CanMatter(HandlerBody body)
        => (body is { Role: BodyRole.Handler, Policy: GroupPolicy.Manual })
            || body.Operations.Any(operation => operation switch
            {
                ICatchClauseOperation => true,
                IInvocationOperation call => OutcomeCalls.KindOf(call) is not null || ContextUses.IsPassedTo(call)
                    || Producing.IsQueue(call)
                    || (WorkCalls.IsTask(call.Type) && TaskFate.Of(call).Use is TaskUse.Kept or TaskUse.Discarded),
                _ => false,
            });

    private static BodyMode ModeOf(HandlerBody body)
        => body.Role == BodyRole.Handler ? BodyMode.Handler
            : BodyFollower.TellsNothing(body.Method) ? BodyMode.TellsNothing
            : BodyMode.Inner;
}
