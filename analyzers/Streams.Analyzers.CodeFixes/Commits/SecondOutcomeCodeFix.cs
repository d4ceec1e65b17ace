using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Streams.Analyzers.CodeFixes.Rewriting;
using Streams.Analyzers.Commits;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.CodeFixes.Commits;

/// <summary>Returns after the first outcome, where that stands in a branch or a catch before the second.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SecondOutcomeCodeFix))]
[Shared]
internal sealed class SecondOutcomeCodeFix : RuleCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [CommitRuleIds.SecondOutcome];

    protected override void Offer(FixPlace place)
    {
        if (place.Find<StatementSyntax>() is not { Parent: BlockSyntax block } second
            || second.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method
            || !BodyFollower.TellsNothing(place.Model.GetDeclaredSymbol(method)!)
            || (!method.Modifiers.Any(SyntaxKind.AsyncKeyword) && method.ReturnType is not PredefinedTypeSyntax))
        {
            return;
        }

        var firsts = block.Statements.TakeWhile(statement => statement != second)
            .SelectMany(statement => statement.DescendantNodes())
            .OfType<ExpressionStatementSyntax>()
            .Where(statement => statement.Parent is BlockSyntax branch
                && branch.Parent is CatchClauseSyntax or IfStatementSyntax or ElseClauseSyntax
                && branch.Statements.Last() == statement && SaysOutcome(statement, place.Model))
            .ToArray();
        if (firsts.Length > 0)
        {
            place.Offer("Return after the first outcome", "Return", editor =>
            {
                foreach (var first in firsts)
                {
                    editor.InsertAfter(first, Endings.Formatted(SyntaxFactory.ReturnStatement().WithTriviaFrom(first)));
                }
            });
        }
    }

    private static bool SaysOutcome(ExpressionStatementSyntax statement, SemanticModel model)
        => statement.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Any(call => model.GetOperation(call) is IInvocationOperation operation
                && OutcomeCalls.KindOf(operation) is { } kind && !kind.IsPart());
}
