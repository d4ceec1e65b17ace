using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Streams.Analyzers.CodeFixes.Rewriting;

/// <summary>Rewrites the returns of a function that returned tasks to those of an async one.</summary>
internal sealed class ReturnedTasks(bool hasResult) : CSharpSyntaxRewriter
{
    public BlockSyntax Rewrite(BlockSyntax body)
    {
        var rewritten = (BlockSyntax)Visit(body);
        return rewritten.Statements.LastOrDefault() is ReturnStatementSyntax { Expression: null } last
            && !last.GetLeadingTrivia().Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia))
            ? rewritten.RemoveNode(last, SyntaxRemoveOptions.KeepNoTrivia)!
            : rewritten;
    }

    public override SyntaxNode? VisitReturnStatement(ReturnStatementSyntax node)
    {
        if (node.Expression is not { } task)
        {
            return node;
        }

        if (hasResult)
        {
            return node.WithExpression(Result(task) ?? Awaited(task));
        }

        var leave = SyntaxFactory.ReturnStatement();
        return IsComplete(task)
            ? leave.WithTriviaFrom(node)
            : SyntaxFactory.Block(SyntaxFactory.ExpressionStatement(Awaited(task)), leave).WithTriviaFrom(node)
                .WithAdditionalAnnotations(Formatter.Annotation);
    }

    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node) => node;

    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => node;

    public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) => node;

    public override SyntaxNode? VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node) => node;

    /// <summary>The expression, awaited unless it is already; parenthesised where the await would bind to a part of it.</summary>
    public static ExpressionSyntax Awaited(ExpressionSyntax task)
    {
        if (task is AwaitExpressionSyntax)
        {
            return task;
        }

        var operand = task.WithoutTrivia();
        var closed = task is InvocationExpressionSyntax or MemberAccessExpressionSyntax or IdentifierNameSyntax
            or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax or ObjectCreationExpressionSyntax
            ? operand
            : SyntaxFactory.ParenthesizedExpression(operand);
        return SyntaxFactory.AwaitExpression(
                SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), closed)
            .WithTriviaFrom(task);
    }

    private static bool IsComplete(ExpressionSyntax task)
        => task is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.DefaultLiteralExpression } or DefaultExpressionSyntax
            or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompletedTask" }
            or ImplicitObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 0 };

    private static ExpressionSyntax? Result(ExpressionSyntax task) => task switch
    {
        InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "FromResult" },
            ArgumentList.Arguments: { Count: 1 } arguments,
        } => arguments[0].Expression,
        ImplicitObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } values } => values[0].Expression,
        _ => null,
    };
}
