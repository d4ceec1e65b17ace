using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Streams.Analyzers.CodeFixes.Rewriting;
using Streams.Analyzers.Commits;

namespace Streams.Analyzers.CodeFixes.Commits;

/// <summary>Awaits a task that a local holds before the commit, or where it is started if nothing reads the local.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OutstandingWorkCodeFix))]
[Shared]
internal sealed class OutstandingWorkCodeFix : RuleCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [CommitRuleIds.CommitWhileWorkIsOutstanding];

    protected override void Offer(FixPlace place)
    {
        if (place.Diagnostic.AdditionalLocations.Count == 0)
        {
            if (place.Find<InvocationExpressionSyntax>() is { } started)
            {
                Awaiting.Offer(place, started);
            }

            return;
        }

        if (place.Diagnostic.AdditionalLocations.Count == 1
            && place.Find<StatementSyntax>() is ExpressionStatementSyntax { Parent: BlockSyntax block } commit
            && place.FindAdditional<VariableDeclaratorSyntax>() is { } variable
            && place.Model.GetDeclaredSymbol(variable) is ILocalSymbol { Type: { Name: "Task" or "ValueTask" } type }
            && AsyncFunction.Around(commit, place.Model) is { } function)
        {
            var awaited = block.Statements.FirstOrDefault(statement => statement.SpanStart > commit.SpanStart
                && statement is ExpressionStatementSyntax { Expression: AwaitExpressionSyntax { Expression: IdentifierNameSyntax name } }
                && name.Identifier.ValueText == variable.Identifier.ValueText);
            if (awaited is null && type.Name == "ValueTask")
            {
                // It may be awaited once only, and that is somewhere else.
                return;
            }

            place.Offer($"Await '{variable.Identifier.ValueText}' first", "AwaitFirst", editor =>
            {
                if (awaited is not null)
                {
                    editor.RemoveNode(awaited, SyntaxRemoveOptions.KeepNoTrivia);
                }

                editor.InsertBefore(
                    commit,
                    Endings.Await(variable.Identifier.ValueText).WithTriviaFrom(commit.WithoutLeadingTrivia())
                        .WithLeadingTrivia(commit.GetLeadingTrivia()));
                function.MakeAsync(editor);
            });
        }
    }
}
