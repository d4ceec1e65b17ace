using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Streams.Analyzers.Commits;

namespace Streams.Analyzers.CodeFixes.Commits;

/// <summary>Commits without the handler's token: the runtime bounds the wait.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CancellableCommitCodeFix))]
[Shared]
internal sealed class CancellableCommitCodeFix : RuleCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [CommitRuleIds.CancellableCommit];

    protected override void Offer(FixPlace place)
    {
        if (place.Find<ArgumentSyntax>() is { Parent: ArgumentListSyntax list } argument)
        {
            place.Offer("Commit without the token", "WithoutToken", editor => editor.ReplaceNode(
                list, list.WithArguments(list.Arguments.Remove(argument))));
        }
    }
}
