using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Streams.Analyzers.Groups;

namespace Streams.Analyzers.CodeFixes.Groups;

/// <summary>Leaves the final commit on, or adds the method that looks at commits.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnwatchedAsyncCommitCodeFix))]
[Shared]
internal sealed class UnwatchedAsyncCommitCodeFix : RuleCodeFix
{
    private const string Callback = """
        public void OnCommitted(CommitResult result)
        {
            // result.Error says why a commit failed.
        }
        """;

    public override ImmutableArray<string> FixableDiagnosticIds => [GroupRuleIds.UnwatchedAsyncCommit];

    protected override void Offer(FixPlace place)
    {
        if (GroupAttributes.Around(place.Node) is { } attribute && GroupAttributes.Argument(attribute, "FinalCommit") is { } argument)
        {
            place.Offer("Leave the final commit on", "FinalCommit", editor
                => editor.ReplaceNode(attribute, GroupAttributes.Without(attribute, argument)));
        }

        if (place.Find<ClassDeclarationSyntax>() is { OpenBraceToken.RawKind: (int)SyntaxKind.OpenBraceToken } declaration)
        {
            place.Offer("Look at commits in OnCommitted", "OnCommitted", editor => editor.ReplaceNode(
                declaration,
                (current, _) => ((ClassDeclarationSyntax)current).AddMembers(
                    SyntaxFactory.ParseMemberDeclaration(Callback)!
                        .WithLeadingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed)
                        .WithTrailingTrivia(SyntaxFactory.ElasticMarker)
                        .WithAdditionalAnnotations(Formatter.Annotation))));
        }
    }
}
