using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Streams.Analyzers.CodeFixes.Groups;
using Streams.Analyzers.Commits;

namespace Streams.Analyzers.CodeFixes.Commits;

/// <summary>Leaves the commit to the runtime, or takes it over with <c>CommitPolicy.Manual</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ExplicitCommitCodeFix))]
[Shared]
internal sealed class ExplicitCommitCodeFix : RuleCodeFix
{
    private const string Manual = "CommitPolicy.Manual";

    public override ImmutableArray<string> FixableDiagnosticIds => [CommitRuleIds.ExplicitCommitUnderRuntimePolicy];

    protected override void Offer(FixPlace place)
    {
        if (place.Find<StatementSyntax>() is ExpressionStatementSyntax { Parent: BlockSyntax } statement)
        {
            place.Offer("Leave the commit to the runtime", "Remove", editor
                => editor.RemoveNode(statement, SyntaxRemoveOptions.KeepNoTrivia));
        }

        if (place.Find<ClassDeclarationSyntax>() is { } declaration
            && GroupAttributes.Around(declaration) is { } attribute
            && !ReturnsMessages(place, declaration))
        {
            place.Offer("Use CommitPolicy.Manual", "Manual", editor => editor.ReplaceNode(
                attribute, GroupAttributes.With(attribute, "Commit", SyntaxFactory.ParseExpression(Manual))));
        }
    }

    // Messages would be produced after the handler's commit: Manual allows none.
    private static bool ReturnsMessages(FixPlace place, ClassDeclarationSyntax declaration)
        => place.Model.GetDeclaredSymbol(declaration)!.GetMembers().OfType<IMethodSymbol>()
            .Any(method => method.Name is "Handle" or "HandleAsync" && !BodyFollower.TellsNothing(method));
}
