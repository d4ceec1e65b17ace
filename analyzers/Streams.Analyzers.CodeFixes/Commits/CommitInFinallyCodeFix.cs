using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Streams.Analyzers.CodeFixes.Rewriting;
using Streams.Analyzers.Commits;

namespace Streams.Analyzers.CodeFixes.Commits;

/// <summary>Moves a commit out of a finally, behind its try.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CommitInFinallyCodeFix))]
[Shared]
internal sealed class CommitInFinallyCodeFix : RuleCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [CommitRuleIds.CommitInFinally];

    protected override void Offer(FixPlace place)
    {
        if (place.Find<StatementSyntax>() is ExpressionStatementSyntax
            {
                Parent: BlockSyntax { Parent: FinallyClauseSyntax last } block,
            } commit
            && last.Parent is TryStatementSyntax { Parent: BlockSyntax } attempt
            && attempt.Catches.All(clause => clause.Block.Statements.LastOrDefault() is ThrowStatementSyntax or ReturnStatementSyntax)
            && !Endings.Leaves(attempt.Block))
        {
            place.Offer("Commit behind the try", "Behind", editor =>
            {
                if (block.Statements.Count > 1)
                {
                    editor.RemoveNode(commit, SyntaxRemoveOptions.KeepNoTrivia);
                    editor.InsertAfter(attempt, Moved(commit));
                }
                else if (attempt.Catches.Count > 0)
                {
                    editor.RemoveNode(last, SyntaxRemoveOptions.KeepNoTrivia);
                    editor.InsertAfter(attempt, Moved(commit));
                }
                else
                {
                    Unwrap(editor, attempt, Moved(commit));
                }
            });
        }
    }

    private static StatementSyntax Moved(StatementSyntax commit) => Endings.Formatted(commit);

    // A try that nothing is left of: its statements stand for themselves, in a block of their own where they declare something.
    private static void Unwrap(Microsoft.CodeAnalysis.Editing.SyntaxEditor editor, TryStatementSyntax attempt, StatementSyntax commit)
    {
        if (attempt.Block.Statements.Count == 0
            || attempt.Block.Statements.Any(statement => statement is LocalDeclarationStatementSyntax or LocalFunctionStatementSyntax))
        {
            editor.ReplaceNode(attempt, Endings.Formatted(attempt.Block.WithTriviaFrom(attempt)));
            editor.InsertAfter(attempt, commit);
            return;
        }

        editor.InsertBefore(attempt, attempt.Block.Statements.Select(Endings.Formatted));
        editor.ReplaceNode(attempt, commit.WithTrailingTrivia(attempt.GetTrailingTrivia()));
    }
}
