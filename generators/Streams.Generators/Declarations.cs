using Microsoft.CodeAnalysis;
using Streams.Shared;

namespace Streams.Generators;

/// <summary>Questions to what the syntax provider found.</summary>
internal static class Declarations
{
    /// <summary>
    /// Whether this is the declaration that speaks for its type. The attribute on two parts of a partial type is the compiler's to
    /// refuse; two files of one name would take all of a generator's output away.
    /// </summary>
    public static bool IsFirstDeclaration(this GeneratorAttributeSyntaxContext found, string attribute)
        => found.TargetSymbol.FindAttribute(attribute)?.ApplicationSyntaxReference is { } first
            && first.SyntaxTree == found.TargetNode.SyntaxTree
            && found.TargetNode.Span.Contains(first.Span);
}
