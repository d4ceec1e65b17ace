using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Streams.Analyzers.CodeFixes.Rewriting;
using Streams.Analyzers.Commits;

namespace Streams.Analyzers.CodeFixes.Commits;

/// <summary>Moves a commit behind the work that follows it in the same block.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CommitBeforeWorkCodeFix))]
[Shared]
internal sealed class CommitBeforeWorkCodeFix : RuleCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [CommitRuleIds.CommitBeforeWork];

    protected override void Offer(FixPlace place)
    {
        if (place.Find<StatementSyntax>() is not ExpressionStatementSyntax { Parent: BlockSyntax block } commit
            || commit.Expression is AssignmentExpressionSyntax
            || place.FindAdditional<SyntaxNode>() is not { } work)
        {
            return;
        }

        var later = block.Statements.Skip(block.Statements.IndexOf(commit) + 1).ToArray();
        if (Array.Exists(later, statement => statement.Span.Contains(work.Span)) && !Array.Exists(later, Endings.Leaves))
        {
            place.Offer("Commit last", "Last", editor =>
            {
                var last = later[later.Length - 1];
                editor.RemoveNode(commit, SyntaxRemoveOptions.KeepNoTrivia);
                editor.InsertAfter(last, Endings.Formatted(commit.WithTriviaFrom(last)).WithLeadingTrivia(commit.GetLeadingTrivia()));
            });
        }
    }
}
