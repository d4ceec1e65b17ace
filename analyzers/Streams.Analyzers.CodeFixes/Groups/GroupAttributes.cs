using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Streams.Analyzers.CodeFixes.Groups;

/// <summary>Reads and changes <c>[ConsumerGroup]</c> as it stands in the text.</summary>
internal static class GroupAttributes
{
    /// <summary>The attribute of the class around a node.</summary>
    public static AttributeSyntax? Around(SyntaxNode node)
        => node.FirstAncestorOrSelf<ClassDeclarationSyntax>()?.AttributeLists
            .SelectMany(list => list.Attributes)
            .FirstOrDefault(attribute => attribute.Name.ToString().Split('.').Last() is "ConsumerGroup" or "ConsumerGroupAttribute");

    /// <summary>The named argument, if the attribute has it.</summary>
    public static AttributeArgumentSyntax? Argument(AttributeSyntax attribute, string name)
        => attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name);

    /// <summary>The attribute with a named argument set, in its place or at the end.</summary>
    public static AttributeSyntax With(AttributeSyntax attribute, string name, ExpressionSyntax value)
    {
        if (Argument(attribute, name) is { } known)
        {
            return attribute.ReplaceNode(known.Expression, value);
        }

        var arguments = attribute.ArgumentList!.Arguments;
        var equals = SyntaxFactory.NameEquals(SyntaxFactory.IdentifierName(name)).NormalizeWhitespace()
            .WithTrailingTrivia(SyntaxFactory.Space);
        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        return attribute.WithArgumentList(attribute.ArgumentList.WithArguments(SyntaxFactory.SeparatedList(
            arguments.Append(SyntaxFactory.AttributeArgument(equals, null, value)),
            arguments.GetSeparators().Append(comma).Take(arguments.Count))));
    }

    /// <summary>The attribute without a named argument.</summary>
    public static AttributeSyntax Without(AttributeSyntax attribute, AttributeArgumentSyntax argument)
        => attribute.WithArgumentList(attribute.ArgumentList!.RemoveNode(argument, SyntaxRemoveOptions.KeepNoTrivia));
}
