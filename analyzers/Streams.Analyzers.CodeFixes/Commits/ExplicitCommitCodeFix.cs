using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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
            && declaration.AttributeLists.SelectMany(list => list.Attributes).FirstOrDefault(IsGroup) is { } attribute
            && !ReturnsMessages(place, declaration))
        {
            place.Offer("Use CommitPolicy.Manual", "Manual", editor => editor.ReplaceNode(attribute, WithManual(attribute)));
        }
    }

    private static bool IsGroup(AttributeSyntax attribute)
        => attribute.Name.ToString().Split('.').Last() is "ConsumerGroup" or "ConsumerGroupAttribute";

    // Messages would be produced after the handler's commit: Manual allows none.
    private static bool ReturnsMessages(FixPlace place, ClassDeclarationSyntax declaration)
        => place.Model.GetDeclaredSymbol(declaration)!.GetMembers().OfType<IMethodSymbol>()
            .Any(method => method.Name is "Handle" or "HandleAsync" && !BodyFollower.TellsNothing(method));

    private static AttributeSyntax WithManual(AttributeSyntax attribute)
    {
        var policy = SyntaxFactory.ParseExpression(Manual);
        var arguments = attribute.ArgumentList!.Arguments;
        var known = arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == "Commit");
        if (known is not null)
        {
            return attribute.ReplaceNode(known.Expression, policy);
        }

        var added = SyntaxFactory.AttributeArgument(
            SyntaxFactory.NameEquals(SyntaxFactory.IdentifierName("Commit")).NormalizeWhitespace()
                .WithTrailingTrivia(SyntaxFactory.Space),
            null,
            policy);
        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        var separators = arguments.GetSeparators().Append(comma);
        return attribute.WithArgumentList(attribute.ArgumentList.WithArguments(
            SyntaxFactory.SeparatedList(arguments.Append(added), separators.Take(arguments.Count))));
    }
}
