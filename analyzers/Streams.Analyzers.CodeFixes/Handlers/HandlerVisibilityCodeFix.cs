using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Streams.Shared;

namespace Streams.Analyzers.CodeFixes.Handlers;

/// <summary>Makes a handler class internal, where nothing but its accessibility hides it from generated code.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HandlerVisibilityCodeFix))]
[Shared]
internal sealed class HandlerVisibilityCodeFix : RuleCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.HandlerCannotBeConstructed];

    protected override void Offer(FixPlace place)
    {
        if (place.Find<ClassDeclarationSyntax>() is { } declaration
            && place.Model.GetDeclaredSymbol(declaration) is { IsStatic: false, IsAbstract: false, IsGenericType: false } type
            && !type.IsVisibleInAssembly()
            && (type.ContainingType is null || type.ContainingType.IsVisibleInAssembly())
            && declaration.Modifiers.FirstOrDefault(IsHiding) is { RawKind: not 0 } hiding)
        {
            place.Offer("Make the handler internal", "Internal", editor => editor.ReplaceNode(
                declaration,
                declaration.WithModifiers(declaration.Modifiers
                    .Replace(hiding, SyntaxFactory.Token(SyntaxKind.InternalKeyword).WithTriviaFrom(hiding)))));
        }
    }

    private static bool IsHiding(SyntaxToken modifier)
        => modifier.IsKind(SyntaxKind.PrivateKeyword) || modifier.IsKind(SyntaxKind.ProtectedKeyword)
            || modifier.IsKind(SyntaxKind.FileKeyword);
}
