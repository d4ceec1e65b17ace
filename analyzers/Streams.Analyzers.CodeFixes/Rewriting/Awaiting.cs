using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Streams.Analyzers.CodeFixes.Rewriting;

/// <summary>Awaits a task where its statement dropped it.</summary>
internal static class Awaiting
{
    /// <summary>Offers to await the task at this place; does nothing where its statement is more than a dropped task.</summary>
    public static void Offer(FixPlace place, ExpressionSyntax task)
    {
        if (AsyncFunction.Around(task, place.Model) is not { } function)
        {
            return;
        }

        if (task.Parent is ArrowExpressionClauseSyntax arrow)
        {
            place.Offer("Await it", "Await", editor =>
            {
                editor.ReplaceNode(arrow.Expression, ReturnedTasks.Awaited(arrow.Expression));
                function.MakeAsync(editor);
            });
        }
        else if (task.FirstAncestorOrSelf<StatementSyntax>() is { } statement
            && DroppedBy(statement, place.Model) is { } dropped && !ContainsContinuation(dropped))
        {
            place.Offer("Await it", "Await", editor =>
            {
                editor.ReplaceNode(
                    statement,
                    SyntaxFactory.ExpressionStatement(ReturnedTasks.Awaited(dropped).WithoutTrivia()).WithTriviaFrom(statement));
                function.MakeAsync(editor);
            });
        }
    }

    // What the statement drops: all of it, what it discards, or what a local keeps that nobody reads.
    private static ExpressionSyntax? DroppedBy(StatementSyntax statement, SemanticModel model) => statement switch
    {
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment }
            => assignment.Left is IdentifierNameSyntax { Identifier.ValueText: "_" } ? assignment.Right : null,
        ExpressionStatementSyntax { Expression: var expression } => expression,
        LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } declaration
            when declaration.AwaitKeyword.IsKind(SyntaxKind.None) && !IsRead(variables[0], model) => variables[0].Initializer?.Value,
        _ => null,
    };

    private static bool IsRead(VariableDeclaratorSyntax variable, SemanticModel model)
        => variable.FirstAncestorOrSelf<BlockSyntax>() is not { } block
            || block.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
                name.Identifier.ValueText == variable.Identifier.ValueText
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name).Symbol, model.GetDeclaredSymbol(variable)));

    // Awaiting a continuation is not awaiting the task: what to do with it is for its author to say.
    private static bool ContainsContinuation(ExpressionSyntax expression)
        => expression.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == "ContinueWith");
}
