using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Streams.Analyzers.CodeFixes.Rewriting;
using Streams.Analyzers.Commits;

namespace Streams.Analyzers.CodeFixes.Commits;

/// <summary>Lets the runtime wait: the record comes again after the delay, and holds up nothing until then.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LongWaitCodeFix))]
[Shared]
internal sealed class LongWaitCodeFix : RuleCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [CommitRuleIds.LongWait];

    protected override void Offer(FixPlace place)
    {
        // Where something follows the wait, what that would mean after a retry is for its author to say.
        if (place.Find<ExpressionSyntax>() is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } call
            && arguments[0] is { } delay
            && call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Delay" }
            && call.Parent is AwaitExpressionSyntax { Parent: ExpressionStatementSyntax { Parent: BlockSyntax block } statement }
            && block.Statements.Last() == statement
            && block.Parent is CatchClauseSyntax or IfStatementSyntax or ElseClauseSyntax
            && place.Model.GetTypeInfo(delay.Expression).Type is { Name: "TimeSpan" }
            && Contexts.NameAround(call, place.Model) is { } context
            && place.Find<MethodDeclarationSyntax>() is { } method
            && BodyFollower.TellsNothing(place.Model.GetDeclaredSymbol(method)!)
            && HasRetry(place, call, context))
        {
            place.Offer("Let the record come again after the delay", "Retry", editor =>
            {
                editor.InsertBefore(statement, Endings.Await($"{context}.RetryAsync({delay.Expression.WithoutTrivia()})"));
                editor.ReplaceNode(statement, Endings.Formatted(SyntaxFactory.ReturnStatement()).WithTriviaFrom(statement));
            });
        }
    }

    private static bool HasRetry(FixPlace place, SyntaxNode node, string context)
        => place.Model.LookupSymbols(node.SpanStart, name: context).OfType<IParameterSymbol>().FirstOrDefault() is { Type: { } type }
            && !place.Model.LookupSymbols(node.SpanStart, type, "RetryAsync", includeReducedExtensionMethods: true).IsEmpty;
}
