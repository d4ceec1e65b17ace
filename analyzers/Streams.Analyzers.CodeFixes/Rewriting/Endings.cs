using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Streams.Analyzers.CodeFixes.Rewriting;

/// <summary>How blocks end, and how they might.</summary>
internal static class Endings
{
    /// <summary>Whether control leaves a statement other than at its end.</summary>
    public static bool Leaves(SyntaxNode statement)
        => statement.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .Any(node => node is ReturnStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or GotoStatementSyntax
                or YieldStatementSyntax);

    /// <summary>Whether the last statement of a block leaves it.</summary>
    public static bool EndsByLeaving(BlockSyntax block)
        => block.Statements.LastOrDefault() is ReturnStatementSyntax or ThrowStatementSyntax or BreakStatementSyntax
            or ContinueStatementSyntax or GotoStatementSyntax;

    /// <summary>The block with a rethrow at its end, in place of a statement that leaves it.</summary>
    public static BlockSyntax WithRethrow(BlockSyntax block)
    {
        var statements = block.Statements;
        if (EndsByLeaving(block))
        {
            return block.WithStatements(statements.Replace(
                statements.Last(), SyntaxFactory.ThrowStatement().WithTriviaFrom(statements.Last())));
        }

        return Formatted(block.WithStatements(statements.Add(SyntaxFactory.ThrowStatement())));
    }

    /// <summary>Marks a node to be laid out anew when the fix is applied.</summary>
    public static T Formatted<T>(T node)
        where T : SyntaxNode
        => node.WithAdditionalAnnotations(Formatter.Annotation);

    /// <summary>A statement that awaits an expression given as text.</summary>
    public static StatementSyntax Await(string task)
        => Formatted(SyntaxFactory.ExpressionStatement(SyntaxFactory.AwaitExpression(SyntaxFactory.ParseExpression(task))));
}
