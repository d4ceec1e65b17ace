using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.CodeFixes.Rewriting;

/// <summary>
/// The function around a node, and what it takes to await in it: it is async already, or can be made so without touching its callers.
/// </summary>
internal sealed class AsyncFunction
{
    private readonly SyntaxNode? _makeAsync;
    private readonly bool _returnsNothing;

    private AsyncFunction(SyntaxNode? makeAsync, bool returnsNothing)
    {
        _makeAsync = makeAsync;
        _returnsNothing = returnsNothing;
    }

    /// <summary>Returns the function where an await can stand at the node; null where none can.</summary>
    public static AsyncFunction? Around(SyntaxNode node, SemanticModel model)
    {
        foreach (var ancestor in node.Ancestors())
        {
            switch (ancestor)
            {
                case LockStatementSyntax or UnsafeStatementSyntax or QueryExpressionSyntax or CatchFilterClauseSyntax:
                    return null;
                case AnonymousFunctionExpressionSyntax lambda:
                    return lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword) ? new(null, false) : null;
                case LocalFunctionStatementSyntax local:
                    return Around(local, local.Modifiers, model);
                case MethodDeclarationSyntax method:
                    return Around(method, method.Modifiers, model);
                case BaseMethodDeclarationSyntax or AccessorDeclarationSyntax:
                    return null;
                default:
                    break;
            }
        }

        return null;
    }

    /// <summary>Makes the function async if it is not; edits inside it may come before.</summary>
    public void MakeAsync(SyntaxEditor editor)
    {
        if (_makeAsync is not null)
        {
            editor.ReplaceNode(_makeAsync, (current, _) => MakeAsync(current));
        }
    }

    private static AsyncFunction? Around(SyntaxNode function, SyntaxTokenList modifiers, SemanticModel model)
    {
        if (modifiers.Any(SyntaxKind.AsyncKeyword))
        {
            return new(null, false);
        }

        if (model.GetDeclaredSymbol(function) is not IMethodSymbol symbol
            || symbol.Parameters.Any(parameter => parameter.RefKind != RefKind.None)
            || function.DescendantNodes().Any(node => node is YieldStatementSyntax))
        {
            return null;
        }

        // Whoever calls a method that returned nothing would have to await it from now on; a handler is called by the runtime alone.
        return WorkCalls.IsTask(symbol.ReturnType) ? new(function, false)
            : symbol.ReturnsVoid && HandlerMethods.IsHandler(symbol) ? new(function, true)
            : null;
    }

    private SyntaxNode MakeAsync(SyntaxNode function)
    {
        var async = SyntaxFactory.Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        return function switch
        {
            MethodDeclarationSyntax method => Rewrite(method.ReturnType, method.Body, method.ExpressionBody) is var (type, body, arrow)
                ? method.WithReturnType(method.Modifiers.Count == 0 ? type.WithoutLeadingTrivia() : type)
                    .WithModifiers(method.Modifiers.Count == 0
                        ? SyntaxFactory.TokenList(async.WithLeadingTrivia(method.ReturnType.GetLeadingTrivia()))
                        : method.Modifiers.Add(async))
                    .WithBody(body).WithExpressionBody(arrow)
                : method,
            LocalFunctionStatementSyntax local => Rewrite(local.ReturnType, local.Body, local.ExpressionBody) is var (type, body, arrow)
                ? local.WithReturnType(local.Modifiers.Count == 0 ? type.WithoutLeadingTrivia() : type)
                    .WithModifiers(local.Modifiers.Count == 0
                        ? SyntaxFactory.TokenList(async.WithLeadingTrivia(local.ReturnType.GetLeadingTrivia()))
                        : local.Modifiers.Add(async))
                    .WithBody(body).WithExpressionBody(arrow)
                : local,
            _ => function,
        };
    }

    private (TypeSyntax Type, BlockSyntax? Body, ArrowExpressionClauseSyntax? Arrow) Rewrite(
        TypeSyntax type, BlockSyntax? body, ArrowExpressionClauseSyntax? arrow)
    {
        var hasResult = type is GenericNameSyntax or QualifiedNameSyntax { Right: GenericNameSyntax };
        var returned = _returnsNothing ? TypeNames.ValueTask.WithTriviaFrom(type) : type;
        if (_returnsNothing)
        {
            return (returned, body, arrow);
        }

        var rewriter = new ReturnedTasks(hasResult);
        return (returned, body is null ? null : rewriter.Rewrite(body), arrow?.WithExpression(ReturnedTasks.Awaited(arrow.Expression)));
    }
}
