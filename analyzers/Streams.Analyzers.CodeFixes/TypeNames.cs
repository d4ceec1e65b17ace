using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace Streams.Analyzers.CodeFixes;

/// <summary>Types as fixes write them: in full, and shortened afterwards as far as the file's usings allow.</summary>
internal static class TypeNames
{
    public static TypeSyntax ValueTask => Of("System.Threading.Tasks.ValueTask");

    public static TypeSyntax Task => Of("System.Threading.Tasks.Task");

    public static TypeSyntax CancellationToken => Of("System.Threading.CancellationToken");

    public static TypeSyntax Of(string fullName) => Short(SyntaxFactory.ParseTypeName("global::" + fullName));

    /// <summary>Marks a node to be shortened and formatted when the fix is applied.</summary>
    public static T Short<T>(T node)
        where T : SyntaxNode
        => node.WithAdditionalAnnotations(Simplifier.Annotation, Formatter.Annotation);
}
