using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Streams.Analyzers.CodeFixes.Rewriting;
using Streams.Analyzers.Commits;

namespace Streams.Analyzers.CodeFixes.Commits;

/// <summary>Commits a batch as a whole, once it is through.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BatchCommitCodeFix))]
[Shared]
internal sealed class BatchCommitCodeFix : RuleCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds =>
        [CommitRuleIds.CommitOfOlderOffset, CommitRuleIds.CommitInBatchLoop];

    protected override void Offer(FixPlace place)
    {
        if (place.Find<ExpressionSyntax>() is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } call)
        {
            return;
        }

        if (place.Diagnostic.Id == CommitRuleIds.CommitOfOlderOffset)
        {
            OfferWhole(place, call, member);
        }
        else if (call.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax { Parent: BlockSyntax } statement
            && LoopAround(statement) is { Parent: BlockSyntax } loop
            && AsyncFunction.Around(loop, place.Model) is { } function)
        {
            place.Offer("Commit once, behind the loop", "Behind", editor =>
            {
                editor.RemoveNode(statement, SyntaxRemoveOptions.KeepNoTrivia);
                editor.InsertAfter(loop, Endings.Await($"{member.Expression.WithoutTrivia()}.CommitAsync()").WithTriviaFrom(loop));
                function.MakeAsync(editor);
            });
        }
    }

    private static void OfferWhole(FixPlace place, InvocationExpressionSyntax call, MemberAccessExpressionSyntax member)
        => place.Offer("Commit the whole batch", "Whole", editor =>
        {
            var name = member.Name.Identifier.ValueText == "AckThrough" ? "Ack" : "CommitAsync";
            editor.ReplaceNode(call, call
                .WithExpression(member.WithName(SyntaxFactory.IdentifierName(name)))
                .WithArgumentList(SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(call.ArgumentList.Arguments.Skip(1)))
                    .WithAdditionalAnnotations(Formatter.Annotation)));
        });

    private static StatementSyntax? LoopAround(SyntaxNode node)
        => node.Ancestors().OfType<StatementSyntax>().FirstOrDefault(ancestor =>
            ancestor is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax);
}
