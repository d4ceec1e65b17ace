using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Streams.Shared;
using Streams.Shared.Handlers;

namespace Streams.Analyzers.CodeFixes.Handlers;

/// <summary>Moves the message to the front, or drops a result that nobody would take.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HandlerSignatureCodeFix))]
[Shared]
internal sealed class HandlerSignatureCodeFix : RuleCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.WrongHandlerSignature];

    protected override void Offer(FixPlace place)
    {
        if (place.Find<MethodDeclarationSyntax>() is not { } method
            || place.Model.GetDeclaredSymbol(method, place.CancellationToken) is not { Name: "Handle" or "HandleAsync" } symbol)
        {
            return;
        }

        var position = symbol.Parameters.ToList().FindIndex(parameter => MessageReference.AttributeOf(parameter.Type) is not null);
        if (position > 0 && !IsCalledHere(place, method))
        {
            place.Offer("Put the message first", "MessageFirst", editor =>
            {
                var message = method.ParameterList.Parameters[position];
                var moved = method.ParameterList.Parameters.RemoveAt(position).Insert(0, message.WithoutTrivia());
                editor.ReplaceNode(
                    method.ParameterList,
                    method.ParameterList.WithParameters(SyntaxFactory.SeparatedList(moved.Select(parameter => parameter.WithoutTrivia())))
                        .WithAdditionalAnnotations(Formatter.Annotation));
            });
        }
        else if (position == 0
            && new ReturnReader(place.Model.Compilation, place.CancellationToken).Read(symbol) is null
            && ResultDropper.TryDrop(method, symbol) is { } changed)
        {
            place.Offer("Return no result", "NoResult", editor => editor.ReplaceNode(method, changed));
        }
    }

    private static bool IsCalledHere(FixPlace place, MethodDeclarationSyntax method)
        => place.Root.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => call.Expression switch
        {
            IdentifierNameSyntax name => name.Identifier.ValueText,
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
            _ => null,
        } == method.Identifier.ValueText);
}
