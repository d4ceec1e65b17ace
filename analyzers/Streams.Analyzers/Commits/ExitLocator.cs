using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Streams.Analyzers.Commits.Flow;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.Commits;

/// <summary>
/// Finds where a way out of a method stands in the text. The graph has no trace of a <c>return;</c>, so it is looked for after what was
/// done last; where that fails the method's name is the place.
/// </summary>
internal sealed class ExitLocator(HandlerBody body, FlowBlocks blocks)
{
    public Location Find(ControlFlowBranch branch)
    {
        var block = branch.Source;
        var exit = block.BranchValue is { } value
            ? block.ConditionKind == ControlFlowConditionKind.None
                ? value.Syntax.FirstAncestorOrSelf<ReturnStatementSyntax>()
                : AfterCondition(value.Syntax, (block.ConditionKind == ControlFlowConditionKind.WhenTrue) == branch.IsConditionalSuccessor)
            : block.Operations.LastOrDefault() is { } last ? After(last.Syntax) : AfterEmpty(block);
        return exit switch
        {
            ReturnStatementSyntax leave => leave.GetLocation(),
            BlockSyntax end => end.CloseBraceToken.GetLocation(),
            _ => body.Method.Locations[0],
        };
    }

    // A block without operations is where ways meet: look for the catch that is left.
    private SyntaxNode? AfterEmpty(BasicBlock block)
        => FlowBlocks.CatchAround(block) is { } handler && blocks.NumberOf(handler) is var number
            && CatchClauses().ElementAtOrDefault(number) is { } clause
                ? clause.Block.Statements.LastOrDefault() is ReturnStatementSyntax leave ? leave : After(clause)
                : null;

    private IEnumerable<CatchClauseSyntax> CatchClauses()
        => blocks.Graph.OriginalOperation.Syntax.DescendantNodes()
            .Where(node => node is CatchClauseSyntax)
            .Cast<CatchClauseSyntax>();

    private static SyntaxNode? AfterCondition(SyntaxNode condition, bool outcome)
    {
        var current = condition;
        for (; current.Parent is ExpressionSyntax or PatternSyntax; current = current.Parent)
        {
            if (current.Parent.IsKind(SyntaxKind.LogicalNotExpression))
            {
                outcome = !outcome;
            }
        }

        return current.Parent switch
        {
            IfStatementSyntax choice when choice.Condition == current
                => outcome ? First(choice.Statement) : choice.Else is { } other ? First(other.Statement) : After(choice),
            SwitchLabelSyntax { Parent: SwitchSectionSyntax section } => outcome
                ? First(section.Statements[0])
                : AfterLabels((SwitchStatementSyntax)section.Parent!),
            WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax => outcome ? null : After(current.Parent),
            _ => After(current),
        };
    }

    // Where a switch goes that finds no label.
    private static SyntaxNode? AfterLabels(SwitchStatementSyntax choice)
        => choice.Sections.FirstOrDefault(section => section.Labels.Any(SyntaxKind.DefaultSwitchLabel)) is { } standard
            ? First(standard.Statements[0])
            : After(choice);

    // What a statement begins with, if that is leaving the method.
    private static SyntaxNode? First(StatementSyntax statement) => statement switch
    {
        ReturnStatementSyntax leave => leave,
        BlockSyntax { Statements.Count: 0 } empty => After(empty),
        BlockSyntax block => First(block.Statements[0]),
        _ => null,
    };

    // What comes after a node, if that is leaving the method.
    private static SyntaxNode? After(SyntaxNode node)
    {
        for (var current = node; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case BlockSyntax block when current is StatementSyntax statement:
                    var index = block.Statements.IndexOf(statement);
                    if (index + 1 < block.Statements.Count)
                    {
                        return block.Statements[index + 1] switch
                        {
                            LocalFunctionStatementSyntax local => After(local),
                            var next => First(next),
                        };
                    }

                    if (block.Parent is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)
                    {
                        return block;
                    }

                    break;
                case BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax:
                    return null;
                case WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax:
                    // The loop goes round; leaving it is decided elsewhere.
                    return parent is CommonForEachStatementSyntax ? After(parent) : null;
                default:
                    break;
            }
        }

        return null;
    }
}
