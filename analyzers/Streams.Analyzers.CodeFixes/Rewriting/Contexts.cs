using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.CodeFixes.Rewriting;

/// <summary>The context of a record as the code around a place names it.</summary>
internal static class Contexts
{
    /// <summary>What stands before <c>.CommitAsync()</c>; null where a call is none on a context.</summary>
    public static ExpressionSyntax? Of(InvocationExpressionSyntax call)
        => call.Expression is MemberAccessExpressionSyntax member ? member.Expression : null;

    /// <summary>The name of the context parameter of the method around a node.</summary>
    public static string? NameAround(SyntaxNode node, SemanticModel model)
        => node.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.ParameterList.Parameters
            .FirstOrDefault(parameter => model.GetDeclaredSymbol(parameter) is IParameterSymbol symbol
                && OutcomeCalls.IsContext(symbol.Type))
            ?.Identifier.ValueText;

    /// <summary>Whether a call of this name can be made on the context at a position.</summary>
    public static bool Has(SemanticModel model, ExpressionSyntax context, string method)
        => model.GetTypeInfo(context).Type is { } type
            && !model.LookupSymbols(context.SpanStart, type, method, includeReducedExtensionMethods: true).IsEmpty;
}
