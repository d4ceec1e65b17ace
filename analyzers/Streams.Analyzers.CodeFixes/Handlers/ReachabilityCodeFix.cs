using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Streams.Shared;

namespace Streams.Analyzers.CodeFixes.Handlers;

/// <summary>Makes a type a message, where a handler takes it and it is declared in the same file.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReachabilityCodeFix))]
[Shared]
internal sealed class ReachabilityCodeFix : RuleCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.UnreachableHandler];

    protected override void Offer(FixPlace place)
    {
        if (place.Find<MethodDeclarationSyntax>() is { ParameterList.Parameters: { Count: > 0 } parameters }
            && place.Model.GetDeclaredSymbol(parameters[0]) is IParameterSymbol { Type: INamedTypeSymbol { IsGenericType: false } type }
            && type.DeclaringSyntaxReferences.Length == 1
            && type.DeclaringSyntaxReferences[0].SyntaxTree == place.Root.SyntaxTree
            && place.Root.FindNode(type.DeclaringSyntaxReferences[0].Span) is TypeDeclarationSyntax declaration
            && declaration is RecordDeclarationSyntax or ClassDeclarationSyntax or StructDeclarationSyntax
            && declaration.Parent is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        {
            place.Offer($"Make '{type.Name}' a message", "Message", editor => editor.ReplaceNode(declaration, MakeMessage(declaration)));
        }
    }

    private static TypeDeclarationSyntax MakeMessage(TypeDeclarationSyntax declaration)
    {
        var topic = string.Concat(declaration.Identifier.ValueText.Select((character, index)
            => (char.IsUpper(character) && index > 0 ? "-" : "") + char.ToLowerInvariant(character)));
        var attribute = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(
            SyntaxFactory.IdentifierName("Message"), SyntaxFactory.ParseAttributeArgumentList($"(\"{topic}\")"))));
        var trivia = declaration.GetLeadingTrivia();
        var changed = declaration.WithLeadingTrivia(SyntaxFactory.ElasticMarker);
        if (!changed.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            changed = changed.Modifiers.Count == 0
                ? changed.WithKeyword(changed.Keyword.WithLeadingTrivia(SyntaxFactory.Space))
                : changed;
            changed = (TypeDeclarationSyntax)changed.AddModifiers(
                SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space));
        }

        return ((TypeDeclarationSyntax)changed.WithAttributeLists(changed.AttributeLists.Insert(0, attribute)))
            .WithLeadingTrivia(trivia)
            .WithAdditionalAnnotations(Formatter.Annotation);
    }
}
