using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Streams.Analyzers.Commits.Flow;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.Commits;

/// <summary>STRM0015 and STRM0016: commits of a batch at the wrong index, or in the wrong place.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BatchCommitAnalyzer : HandlerBodyAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [OffsetRules.CommitOfOlderOffset, OffsetRules.CommitInBatchLoop];

    private protected override void Analyze(HandlerBody body, SummaryCache summaries)
    {
        foreach (var operation in body.Operations.Where(operation => !operation.IsInExpressionTree()))
        {
            if (operation is IInvocationOperation call && OutcomeCalls.KindOf(call) is { } kind)
            {
                CheckIndex(body, call, kind);
                CheckLoop(body, call, kind);
            }
            else if (operation is IObjectCreationOperation creation && IsBareOffset(creation))
            {
                body.Report(
                    OffsetRules.CommitOfOlderOffset, creation.Syntax.GetLocation(), creation.Type!.Name,
                    "the offset of the record itself", "a committed offset is that of the next record: write 'Offset + 1'");
            }
        }
    }

    private static void CheckIndex(HandlerBody body, IInvocationOperation call, OutcomeKind kind)
    {
        if (kind.IsPart()
            && call.Arguments.FirstOrDefault(argument => argument.Parameter?.Type.SpecialType == SpecialType.System_Int32) is { } index
            && index.Value.ConstantValue is { HasValue: true, Value: 0 }
            && HandlesWholeBatchBefore(body, call) && !IsGuardedBySingleElement(call))
        {
            body.Report(
                OffsetRules.CommitOfOlderOffset, call.Syntax.GetLocation(), call.TargetMethod.Name,
                "the first record of a batch that is done", "commit the whole batch, or the index that was reached");
        }
    }

    private static bool HandlesWholeBatchBefore(HandlerBody body, IInvocationOperation call)
        => body.Operations.OfType<ILoopOperation>().Any(loop => loop.Syntax.Span.End <= call.Syntax.SpanStart
            && loop.Body.Descendants().FirstOrDefault() is { } inner && BatchLoops.LoopAround(inner, body.Message) == loop)
            || body.Operations.OfType<IAwaitOperation>().Any(awaiting => awaiting.Syntax.Span.End <= call.Syntax.SpanStart
                && awaiting.Descendants().Any(item => item.Type is INamedTypeSymbol { Name: "MessageBatch" }
                    && item.Parent is not IPropertyReferenceOperation));

    private static bool IsGuardedBySingleElement(IInvocationOperation call)
        => call.FindAround<IConditionalOperation>() is { } choice
            && choice.Condition.DescendantsAndSelf().Any(item => item is IPropertyReferenceOperation { Property.Name: "Count" });

    private static void CheckLoop(HandlerBody body, IInvocationOperation call, OutcomeKind kind)
    {
        if (kind is not (OutcomeKind.Commit or OutcomeKind.Acknowledge or OutcomeKind.CommitPart)
            || !BatchLoops.IsInLoopOverBatch(call, body.Message))
        {
            return;
        }

        var loop = BatchLoops.LoopAround(call, body.Message)!;
        if (kind == OutcomeKind.CommitPart)
        {
            if (!IsConditional(call, loop))
            {
                Report(body, call, DiagnosticSeverity.Info, "is a round trip for every record; commit every so many, or once behind it");
            }
        }
        else if (!LeavesLoopNext(call))
        {
            Report(
                body, call, StopsAtFailure(loop) ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning,
                "completes records that are still to be handled, and loses them if a later one fails; use AckThrough, and commit once "
                    + "behind it");
        }
    }

    private static void Report(HandlerBody body, IInvocationOperation call, DiagnosticSeverity severity, string what)
        => body.Report(Diagnostic.Create(
            OffsetRules.CommitInBatchLoop,
            call.Syntax.GetLocation(),
            severity,
            additionalLocations: null,
            properties: null,
            call.TargetMethod.Name,
            what));

    private static bool IsConditional(IOperation call, ILoopOperation loop)
    {
        for (var current = call.Parent; current is not null && current != loop; current = current.Parent)
        {
            if (current is IConditionalOperation or ISwitchOperation)
            {
                return true;
            }
        }

        return false;
    }

    // Whoever commits and returns has decided to be done.
    private static bool LeavesLoopNext(IInvocationOperation call)
    {
        for (IOperation current = call; current.Parent is { } parent and not ILoopOperation; current = parent)
        {
            if (parent is IBlockOperation block)
            {
                return block.Operations.SkipWhile(statement => statement != current).Skip(1).FirstOrDefault()
                    is IReturnOperation or IBranchOperation { BranchKind: BranchKind.Break } or IThrowOperation;
            }
        }

        return false;
    }

    private static bool StopsAtFailure(ILoopOperation loop)
        => loop.Body.Descendants().OfType<ICatchClauseOperation>()
            .Any(clause => clause.Handler.Descendants()
                .Any(item => item is IBranchOperation { BranchKind: BranchKind.Break } or IReturnOperation));

    // new TopicPartitionOffset(partition, record.Offset)
    private static bool IsBareOffset(IObjectCreationOperation creation)
        => creation.Type is { Name: "TopicPartitionOffset" }
            && creation.Type.ContainingNamespace?.ToDisplayString() == "Confluent.Kafka"
            && creation.Arguments.Any(argument =>
                argument.Value.WithoutConversions() is IPropertyReferenceOperation { Property.Name: "Offset" });
}
