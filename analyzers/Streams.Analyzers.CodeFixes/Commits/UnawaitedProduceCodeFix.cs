using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Streams.Analyzers.CodeFixes.Rewriting;
using Streams.Analyzers.Commits;

namespace Streams.Analyzers.CodeFixes.Commits;

/// <summary>Awaits a produced record.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnawaitedProduceCodeFix))]
[Shared]
internal sealed class UnawaitedProduceCodeFix : RuleCodeFix
{
    private const string Awaitable = "ProduceAsync";

    public override ImmutableArray<string> FixableDiagnosticIds => [CommitRuleIds.UnawaitedProduce];

    protected override void Offer(FixPlace place)
    {
        if (place.Find<InvocationExpressionSyntax>() is not { Expression: MemberAccessExpressionSyntax member } call)
        {
            return;
        }

        if (member.Name.Identifier.ValueText != "Produce")
        {
            Awaiting.Offer(place, call);
        }
        else if (call.Parent is ExpressionStatementSyntax or ArrowExpressionClauseSyntax
            && call.ArgumentList.Arguments.All(argument => argument.Expression is not AnonymousFunctionExpressionSyntax)
            && HasTwin(place, call, member)
            && AsyncFunction.Around(call, place.Model) is { } function)
        {
            place.Offer("Await ProduceAsync", "ProduceAsync", editor =>
            {
                var produce = call.WithExpression(member.WithName(SyntaxFactory.IdentifierName(Awaitable)));
                editor.ReplaceNode(call, ReturnedTasks.Awaited(produce));
                function.MakeAsync(editor);
            });
        }
    }

    // An overload that takes the same arguments; what it takes beside them must be optional.
    private static bool HasTwin(FixPlace place, InvocationExpressionSyntax call, MemberAccessExpressionSyntax member)
        => place.Model.GetTypeInfo(member.Expression).Type is { } type
            && place.Model.GetSymbolInfo(call).Symbol is IMethodSymbol method
            && type.GetMembers(Awaitable).OfType<IMethodSymbol>().Any(twin => twin.Parameters.Length >= call.ArgumentList.Arguments.Count
                && twin.Parameters.Select((parameter, index) => (parameter, index)).All(pair =>
                    pair.index < call.ArgumentList.Arguments.Count
                        ? SymbolEqualityComparer.Default.Equals(pair.parameter.Type, method.Parameters[pair.index].Type)
                        : pair.parameter.IsOptional));
}
