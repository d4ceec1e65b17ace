using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Streams.Analyzers.Groups;

namespace Streams.Analyzers.CodeFixes.Groups;

/// <summary>Adds the handler's token to its parameters.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HandlerTokenCodeFix))]
[Shared]
internal sealed class HandlerTokenCodeFix : RuleCodeFix
{
    private const string Name = "cancellationToken";

    public override ImmutableArray<string> FixableDiagnosticIds => [GroupRuleIds.HandlerWithoutToken];

    protected override void Offer(FixPlace place)
    {
        if (place.Find<MethodDeclarationSyntax>() is { } method
            && !method.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == Name))
        {
            place.Offer("Take a CancellationToken", "Token", editor => editor.ReplaceNode(
                method.ParameterList,
                (current, _) => ((ParameterListSyntax)current).AddParameters(
                    SyntaxFactory.Parameter(SyntaxFactory.Identifier(Name))
                        .WithType(TypeNames.CancellationToken.WithTrailingTrivia(SyntaxFactory.Space)))));
        }
    }
}
