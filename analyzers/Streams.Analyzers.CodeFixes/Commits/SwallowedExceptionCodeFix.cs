using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Streams.Analyzers.CodeFixes.Rewriting;
using Streams.Analyzers.Commits;

namespace Streams.Analyzers.CodeFixes.Commits;

/// <summary>Rethrows at the end of the catches that swallow.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SwallowedExceptionCodeFix))]
[Shared]
internal sealed class SwallowedExceptionCodeFix : RuleCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds =>
        [CommitRuleIds.CommitAfterSwallowedException, CommitRuleIds.SwallowedException];

    protected override void Offer(FixPlace place)
    {
        var clauses = place.Diagnostic.Id == CommitRuleIds.SwallowedException
            ? place.Node is CatchClauseSyntax swallowing ? [swallowing] : []
            : place.Diagnostic.AdditionalLocations
                .Where(location => location.SourceTree == place.Root.SyntaxTree)
                .Select(location => place.Root.FindToken(location.SourceSpan.Start).Parent)
                .OfType<CatchClauseSyntax>()
                .ToArray();
        if (clauses.Length > 0)
        {
            place.Offer("Rethrow", "Rethrow", editor =>
            {
                foreach (var clause in clauses)
                {
                    editor.ReplaceNode(clause.Block, (current, _) => Endings.WithRethrow((BlockSyntax)current));
                }
            });
        }
    }
}
