using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Streams.Analyzers.CodeFixes.Handlers;

/// <summary>Rewrites a method so that it returns nothing, or a task without a result.</summary>
internal sealed class ResultDropper : CSharpSyntaxRewriter
{
    private ResultDropper()
    {
    }

    /// <summary>Returns the rewritten method; null where dropping the result would need more than that.</summary>
    public static MethodDeclarationSyntax? TryDrop(MethodDeclarationSyntax method, IMethodSymbol symbol)
    {
        var task = symbol.ReturnType is INamedTypeSymbol { IsGenericType: true, Name: "Task" or "ValueTask" } named ? named.Name : null;
        var type = task switch
        {
            null => SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.VoidKeyword)),
            "Task" => TypeNames.Task,
            _ => TypeNames.ValueTask,
        };
        if (method.ReturnType is RefTypeSyntax || (task is not null && !symbol.IsAsync))
        {
            // A Task<T> is a Task, a ValueTask<T> is no ValueTask.
            return task == "Task" ? method.WithReturnType(type.WithTriviaFrom(method.ReturnType)) : null;
        }

        if (method.Body is { } body)
        {
            return method.WithReturnType(type.WithTriviaFrom(method.ReturnType))
                .WithBody((BlockSyntax)new ResultDropper().Visit(body))
                .WithAdditionalAnnotations(Formatter.Annotation);
        }

        if (method.ExpressionBody is not { } arrow)
        {
            return null;
        }

        var statements = IsStatement(arrow.Expression) ? new[] { SyntaxFactory.ExpressionStatement(arrow.Expression) } : [];
        return method.WithReturnType(type.WithTriviaFrom(method.ReturnType))
            .WithExpressionBody(null)
            .WithSemicolonToken(default)
            .WithBody(SyntaxFactory.Block(statements))
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    public override SyntaxNode? VisitReturnStatement(ReturnStatementSyntax node)
    {
        var leave = SyntaxFactory.ReturnStatement();
        return node.Expression is { } expression && IsStatement(expression)
            ? SyntaxFactory.Block(SyntaxFactory.ExpressionStatement(expression), leave).WithTriviaFrom(node)
                .WithAdditionalAnnotations(Formatter.Annotation)
            : leave.WithTriviaFrom(node);
    }

    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node) => node;

    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => node;

    public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) => node;

    public override SyntaxNode? VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node) => node;

    private static bool IsStatement(ExpressionSyntax expression)
        => expression is InvocationExpressionSyntax or AwaitExpressionSyntax or AssignmentExpressionSyntax
            or ObjectCreationExpressionSyntax;
}
