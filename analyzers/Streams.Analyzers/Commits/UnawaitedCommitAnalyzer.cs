using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Streams.Analyzers.Commits.Flow;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.Commits;

/// <summary>STRM0001: an outcome that is started and never awaited.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnawaitedCommitAnalyzer : HandlerBodyAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [CommitRules.UnawaitedCommit];

    private protected override void Analyze(HandlerBody body, SummaryCache summaries)
    {
        foreach (var call in body.Operations.OfType<IInvocationOperation>())
        {
            if (OutcomeCalls.KindOf(call) is null || !WorkCalls.IsTask(call.Type) || call.IsInExpressionTree())
            {
                continue;
            }

            var fate = TaskFate.Of(call);
            if (fate.Use == TaskUse.Discarded || (fate.Use == TaskUse.Kept && !IsEverUsed(fate.Local!, body)))
            {
                body.Report(Diagnostic.Create(
                    CommitRules.UnawaitedCommit,
                    call.Syntax.GetLocation(),
                    SeverityIn(body),
                    additionalLocations: null,
                    properties: null,
                    call.TargetMethod.Name));
            }
        }
    }

    // Where commits are waited for by definition, not waiting is no matter of taste.
    private static DiagnosticSeverity SeverityIn(HandlerBody body)
        => body.Policy is GroupPolicy.Manual or GroupPolicy.Sync ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;

    // Asking a task how it is doing does not take its exception.
    private static bool IsEverUsed(ILocalSymbol local, HandlerBody body)
        => body.Operations.OfType<ILocalReferenceOperation>().Any(reference =>
            SymbolEqualityComparer.Default.Equals(reference.Local, local)
            && !(reference.Parent is ISimpleAssignmentOperation assignment && assignment.Target == reference)
            && reference.Parent is not IPropertyReferenceOperation { Property.Name: not "Result" });
}
