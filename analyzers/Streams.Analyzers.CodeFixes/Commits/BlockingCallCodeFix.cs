using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Streams.Analyzers.CodeFixes.Rewriting;
using Streams.Analyzers.Commits;

namespace Streams.Analyzers.CodeFixes.Commits;

/// <summary>Awaits instead of blocking: the task itself, a delay, or the twin that returns a task.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BlockingCallCodeFix))]
[Shared]
internal sealed class BlockingCallCodeFix : RuleCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [CommitRuleIds.BlockingCall];

    protected override void Offer(FixPlace place)
    {
        if (place.Find<ExpressionSyntax>() is { } blocking
            && Replacement(blocking, place) is { } task
            && AsyncFunction.Around(blocking, place.Model) is { } function)
        {
            place.Offer("Await instead", "Await", editor =>
            {
                var awaited = ReturnedTasks.Awaited(task.WithoutTrivia());
                ExpressionSyntax replacement = blocking.Parent is ExpressionStatementSyntax or EqualsValueClauseSyntax or ArgumentSyntax
                    or AssignmentExpressionSyntax or ArrowExpressionClauseSyntax or ReturnStatementSyntax
                        ? awaited
                        : SyntaxFactory.ParenthesizedExpression(awaited);
                editor.ReplaceNode(blocking, replacement.WithTriviaFrom(blocking));
                function.MakeAsync(editor);
            });
        }
    }

    private static ExpressionSyntax? Replacement(ExpressionSyntax blocking, FixPlace place) => blocking switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } result => result.Expression,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } call => member.Name.Identifier.ValueText switch
        {
            "Wait" when call.ArgumentList.Arguments.Count == 0 && IsTask(member.Expression, place) => member.Expression,
            "GetResult" => Awaited(member.Expression),
            "Sleep" => Named("Delay", call),
            "WaitAll" when IsTaskMethod(call, place) && call.ArgumentList.Arguments.All(argument => IsTask(argument.Expression, place))
                => Named("WhenAll", call),
            _ => Twin(call, member, place),
        },
        _ => null,
    };

    // x.GetAwaiter() of x.GetAwaiter().GetResult()
    private static ExpressionSyntax? Awaited(ExpressionSyntax awaiter)
        => awaiter is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax inner }
            && inner.Name.Identifier.ValueText == "GetAwaiter"
            ? inner.Expression
            : null;

    private static InvocationExpressionSyntax Named(string method, InvocationExpressionSyntax call)
        => SyntaxFactory.InvocationExpression(
            TypeNames.Short(SyntaxFactory.ParseExpression("global::System.Threading.Tasks.Task." + method)), call.ArgumentList);

    private static InvocationExpressionSyntax? Twin(InvocationExpressionSyntax call, MemberAccessExpressionSyntax member, FixPlace place)
    {
        if (place.Model.GetSymbolInfo(call).Symbol is not IMethodSymbol method)
        {
            return null;
        }

        var name = method.Name + "Async";
        var hasTwin = method.ContainingType.GetMembers(name).OfType<IMethodSymbol>().Any(twin =>
            twin.Parameters.Length >= call.ArgumentList.Arguments.Count
            && twin.Parameters.Take(call.ArgumentList.Arguments.Count).Zip(method.Parameters, (one, other)
                => SymbolEqualityComparer.Default.Equals(one.Type, other.Type)).All(same => same)
            && twin.Parameters.Skip(call.ArgumentList.Arguments.Count).All(parameter => parameter.IsOptional));
        return hasTwin ? call.WithExpression(member.WithName(SyntaxFactory.IdentifierName(name))) : null;
    }

    private static bool IsTask(ExpressionSyntax expression, FixPlace place)
        => place.Model.GetTypeInfo(expression).Type is { Name: "Task" or "ValueTask" };

    private static bool IsTaskMethod(InvocationExpressionSyntax call, FixPlace place)
        => place.Model.GetSymbolInfo(call).Symbol is { ContainingType.Name: "Task" };
}
