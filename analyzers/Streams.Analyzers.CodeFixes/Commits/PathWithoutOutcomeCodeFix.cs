using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Streams.Analyzers.CodeFixes.Rewriting;
using Streams.Analyzers.Commits;

namespace Streams.Analyzers.CodeFixes.Commits;

/// <summary>Skips the message where a path returned without a word.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PathWithoutOutcomeCodeFix))]
[Shared]
internal sealed class PathWithoutOutcomeCodeFix : RuleCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [CommitRuleIds.PathWithoutOutcome];

    protected override void Offer(FixPlace place)
    {
        if (place.Node is not ReturnStatementSyntax { Expression: null } leave
            || Contexts.NameAround(leave, place.Model) is not { } context
            || AsyncFunction.Around(leave, place.Model) is not { } function)
        {
            return;
        }

        place.Offer("Skip the message before returning", "Skip", editor =>
        {
            var skip = Endings.Await($"{context}.SkipAsync(\"say why\")");
            if (leave.Parent is BlockSyntax or SwitchSectionSyntax)
            {
                editor.InsertBefore(leave, skip);
            }
            else
            {
                var both = SyntaxFactory.Block(skip, SyntaxFactory.ReturnStatement());
                editor.ReplaceNode(leave, Endings.Formatted(both).WithTriviaFrom(leave));
            }

            function.MakeAsync(editor);
        });
    }
}
