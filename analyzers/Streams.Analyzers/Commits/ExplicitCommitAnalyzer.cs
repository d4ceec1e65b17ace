using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Streams.Analyzers.Commits.Flow;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.Commits;

/// <summary>STRM0017: the handler commits, and the runtime would too.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ExplicitCommitAnalyzer : HandlerBodyAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [CommitRules.ExplicitCommit];

    private protected override void Analyze(HandlerBody body, SummaryCache summaries)
    {
        if (!body.RuntimeCommits)
        {
            return;
        }

        foreach (var call in body.Operations.OfType<IInvocationOperation>())
        {
            if (OutcomeCalls.KindOf(call) is { } kind && kind.IsDone() && !call.IsInExpressionTree())
            {
                body.Report(CommitRules.ExplicitCommit, call.Syntax.GetLocation(), call.TargetMethod.Name, body.Policy.ToString()!);
            }
        }
    }
}
