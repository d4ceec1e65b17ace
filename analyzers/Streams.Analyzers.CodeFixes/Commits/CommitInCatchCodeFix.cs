using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Streams.Analyzers.CodeFixes.Rewriting;
using Streams.Analyzers.Commits;

namespace Streams.Analyzers.CodeFixes.Commits;

/// <summary>Says in a catch what becomes of the message: put aside, or skipped on purpose.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CommitInCatchCodeFix))]
[Shared]
internal sealed class CommitInCatchCodeFix : RuleCodeFix
{
    private const string NewName = "exception";

    public override ImmutableArray<string> FixableDiagnosticIds => [CommitRuleIds.CommitInCatch];

    protected override void Offer(FixPlace place)
    {
        if (place.Find<InvocationExpressionSyntax>() is not { } call
            || Contexts.Of(call) is not { } context
            || call.FirstAncestorOrSelf<CatchClauseSyntax>() is not { } clause
            || call.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax statement
            || AsyncFunction.Around(call, place.Model) is not { } function)
        {
            return;
        }

        var declared = clause.Declaration?.Identifier.ValueText is { Length: > 0 } name ? name : null;
        if (Contexts.Has(place.Model, context, "DeadLetterAsync")
            && (declared is not null || !place.Model.LookupSymbols(call.SpanStart, name: NewName).Any()))
        {
            place.Offer("Put the message into the dead letters", "DeadLetter", editor =>
            {
                Replace(editor, statement, $"{context.WithoutTrivia()}.DeadLetterAsync({declared ?? NewName})");
                if (declared is null)
                {
                    Declare(editor, clause);
                }

                function.MakeAsync(editor);
            });
        }

        if (Contexts.Has(place.Model, context, "SkipAsync"))
        {
            place.Offer("Skip the message on purpose", "Skip", editor =>
            {
                Replace(editor, statement, $"{context.WithoutTrivia()}.SkipAsync(\"say why\")");
                function.MakeAsync(editor);
            });
        }
    }

    private static void Replace(SyntaxEditor editor, StatementSyntax statement, string outcome)
        => editor.ReplaceNode(statement, Endings.Await(outcome).WithTriviaFrom(statement));

    private static void Declare(SyntaxEditor editor, CatchClauseSyntax clause)
    {
        var identifier = SyntaxFactory.Identifier(NewName);
        if (clause.Declaration is { } declaration)
        {
            editor.ReplaceNode(
                declaration,
                declaration.WithType(declaration.Type.WithTrailingTrivia(SyntaxFactory.Space)).WithIdentifier(identifier));
        }
        else
        {
            editor.ReplaceNode(clause, (current, _) => ((CatchClauseSyntax)current).WithDeclaration(
                SyntaxFactory.CatchDeclaration(
                        SyntaxFactory.Token(SyntaxKind.OpenParenToken),
                        TypeNames.Of("System.Exception").WithTrailingTrivia(SyntaxFactory.Space),
                        identifier,
                        SyntaxFactory.Token(SyntaxKind.CloseParenToken))
                    .WithTrailingTrivia(clause.CatchKeyword.TrailingTrivia))
                .WithCatchKeyword(clause.CatchKeyword.WithTrailingTrivia(SyntaxFactory.Space)));
        }
    }
}
