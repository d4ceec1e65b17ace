using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Streams.Analyzers.CodeFixes.Rewriting;
using Streams.Analyzers.Commits;
using Streams.Shared;

namespace Streams.Analyzers.CodeFixes.Commits;

/// <summary>Catches cancellation only where it is the handler's own, and rethrows it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SwallowedCancellationCodeFix))]
[Shared]
internal sealed class SwallowedCancellationCodeFix : RuleCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [CommitRuleIds.SwallowedCancellation];

    protected override void Offer(FixPlace place)
    {
        if (place.Node is not CatchClauseSyntax clause)
        {
            return;
        }

        place.Offer("Rethrow the handler's own cancellation", "Rethrow", editor =>
        {
            var rethrowing = clause.WithBlock(Endings.WithRethrow(clause.Block));
            if (clause.Filter is null && TokenAround(clause, place.Model) is { } token)
            {
                var filter = SyntaxFactory.CatchFilterClause(SyntaxFactory.ParseExpression($"{token}.IsCancellationRequested"));
                rethrowing = Endings.Formatted(rethrowing.WithFilter(filter)
                    .WithDeclaration(rethrowing.Declaration!.WithTrailingTrivia(SyntaxFactory.Space)));
                if (clause.Block.GetLeadingTrivia().All(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)))
                {
                    rethrowing = rethrowing.WithFilter(filter.NormalizeWhitespace()
                        .WithTrailingTrivia(clause.Declaration!.GetTrailingTrivia()));
                }
            }

            editor.ReplaceNode(clause, rethrowing);
        });
    }

    private static string? TokenAround(SyntaxNode node, SemanticModel model)
        => node.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.ParameterList.Parameters
            .FirstOrDefault(parameter => model.GetDeclaredSymbol(parameter) is IParameterSymbol symbol
                && symbol.Type.Is(WellKnownNames.CancellationToken))
            ?.Identifier.ValueText;
}
