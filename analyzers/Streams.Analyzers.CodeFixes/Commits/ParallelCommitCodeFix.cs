using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Streams.Analyzers.CodeFixes.Rewriting;
using Streams.Analyzers.Commits;

namespace Streams.Analyzers.CodeFixes.Commits;

/// <summary>Takes a commit out of a parallel section, and commits once behind it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ParallelCommitCodeFix))]
[Shared]
internal sealed class ParallelCommitCodeFix : RuleCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [CommitRuleIds.CommitInParallelSection];

    protected override void Offer(FixPlace place)
    {
        if (place.Find<InvocationExpressionSyntax>() is not { } commit
            || Contexts.Of(commit) is not { } context
            || commit.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax { Parent: BlockSyntax } inner
            || place.FindAdditional<InvocationExpressionSyntax>() is not { } parallel
            || parallel.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax { Parent: BlockSyntax block } section
            || !IsThroughAtItsEnd(section, parallel)
            || AsyncFunction.Around(section, place.Model) is not { } function)
        {
            return;
        }

        place.Offer("Commit once, after the parallel section", "Once", editor =>
        {
            editor.RemoveNode(inner, SyntaxRemoveOptions.KeepNoTrivia);
            if (block.Statements.IndexOf(section) + 1 is var next && !(next < block.Statements.Count && IsCommit(block.Statements[next])))
            {
                editor.InsertAfter(section, Endings.Await($"{context.WithoutTrivia()}.CommitAsync()").WithTriviaFrom(section));
            }

            function.MakeAsync(editor);
        });
    }

    // A sequence of tasks that is awaited elsewhere is not done where it is made.
    private static bool IsThroughAtItsEnd(ExpressionStatementSyntax section, InvocationExpressionSyntax parallel)
        => section.Expression is AwaitExpressionSyntax
            || (parallel.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax type }
                && type.Identifier.ValueText == "Parallel");

    private static bool IsCommit(StatementSyntax statement)
        => statement is ExpressionStatementSyntax { Expression: AwaitExpressionSyntax { Expression: InvocationExpressionSyntax call } }
            && call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CommitAsync" };
}
