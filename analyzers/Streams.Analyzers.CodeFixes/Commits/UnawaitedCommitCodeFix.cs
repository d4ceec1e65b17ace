using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Streams.Analyzers.CodeFixes.Rewriting;
using Streams.Analyzers.Commits;

namespace Streams.Analyzers.CodeFixes.Commits;

/// <summary>Awaits the commit.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnawaitedCommitCodeFix))]
[Shared]
internal sealed class UnawaitedCommitCodeFix : RuleCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [CommitRuleIds.UnawaitedCommit];

    protected override void Offer(FixPlace place)
    {
        if (place.Find<ExpressionSyntax>() is { } commit)
        {
            Awaiting.Offer(place, commit);
        }
    }
}
