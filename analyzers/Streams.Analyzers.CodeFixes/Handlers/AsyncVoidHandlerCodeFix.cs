using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Streams.Shared;

namespace Streams.Analyzers.CodeFixes.Handlers;

/// <summary>Lets an <c>async void</c> handler return <c>ValueTask</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AsyncVoidHandlerCodeFix))]
[Shared]
internal sealed class AsyncVoidHandlerCodeFix : RuleCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.AsyncVoidHandler];

    protected override void Offer(FixPlace place)
    {
        if (place.Find<MethodDeclarationSyntax>() is { } method)
        {
            place.Offer("Return ValueTask", "ValueTask", editor =>
                editor.ReplaceNode(method.ReturnType, TypeNames.ValueTask.WithTriviaFrom(method.ReturnType)));
        }
    }
}
