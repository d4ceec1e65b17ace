using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Streams.Analyzers.CodeFixes.Rewriting;
using Streams.Analyzers.Commits;

namespace Streams.Analyzers.CodeFixes.Commits;

/// <summary>Awaits what nobody awaited: a call, a <c>Task.Run</c>, the rounds of a <c>ForEach</c>, the inner task of <c>StartNew</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FireAndForgetCodeFix))]
[Shared]
internal sealed class FireAndForgetCodeFix : RuleCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds =>
        [CommitRuleIds.FireAndForget, CommitRuleIds.WorkHandedToBackground];

    protected override void Offer(FixPlace place)
    {
        switch (place.Find<ExpressionSyntax>())
        {
            case AwaitExpressionSyntax { Expression: InvocationExpressionSyntax start }:
                OfferRun(place, start);
                break;
            case AnonymousFunctionExpressionSyntax lambda:
                OfferLoop(place, lambda);
                break;
            case InvocationExpressionSyntax call when place.Model.GetTypeInfo(call).Type is { Name: "Task" or "ValueTask" }:
                Awaiting.Offer(place, call);
                break;
            default:
                break;
        }
    }

    private static void OfferRun(FixPlace place, InvocationExpressionSyntax start)
    {
        if (start is { ArgumentList.Arguments.Count: 1, Expression: MemberAccessExpressionSyntax member }
            && member.Name.Identifier.ValueText == "StartNew")
        {
            var run = SyntaxFactory.ParseExpression("global::System.Threading.Tasks.Task.Run").WithTriviaFrom(start.Expression);
            place.Offer("Use Task.Run", "Run", editor => editor.ReplaceNode(start.Expression, TypeNames.Short(run)));
        }
    }

    // items.ForEach(async item => ...)
    private static void OfferLoop(FixPlace place, AnonymousFunctionExpressionSyntax lambda)
    {
        if (lambda.Parent is not ArgumentSyntax
            {
                Parent.Parent: InvocationExpressionSyntax
                {
                    Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ForEach" } member,
                    Parent: ExpressionStatementSyntax statement,
                } call,
            }
            || place.Model.GetSymbolInfo(call).Symbol is not IMethodSymbol { ContainingType: { Name: "List" } }
            || ParameterOf(lambda) is not { } item
            || (lambda.Block is { } body && Endings.Leaves(body))
            || AsyncFunction.Around(statement, place.Model) is not { } function)
        {
            return;
        }

        place.Offer("Await in a foreach", "Foreach", editor =>
        {
            var inner = lambda.Block ?? SyntaxFactory.Block(SyntaxFactory.ExpressionStatement(lambda.ExpressionBody!.WithoutTrivia()));
            editor.ReplaceNode(statement, Endings.Formatted(
                SyntaxFactory.ForEachStatement(
                    SyntaxFactory.IdentifierName("var"), item, member.Expression.WithoutTrivia(), inner)).WithTriviaFrom(statement));
            function.MakeAsync(editor);
        });
    }

    private static string? ParameterOf(AnonymousFunctionExpressionSyntax lambda) => lambda switch
    {
        SimpleLambdaExpressionSyntax simple => simple.Parameter.Identifier.ValueText,
        ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: 1 } parameters } => parameters[0].Identifier.ValueText,
        _ => null,
    };
}
