using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Streams.Shared;

/// <summary>Questions to symbols that readers of messages and handlers share.</summary>
internal static class Symbols
{
    private static readonly SymbolDisplayFormat WithoutGlobal =
        SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    private static readonly SymbolDisplayFormat Full = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.ExpandNullable | SymbolDisplayMiscellaneousOptions.ExpandValueTuple);

    public static AttributeData? FindAttribute(this ISymbol symbol, string fullName)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && type.Is(fullName))
            {
                return attribute;
            }
        }

        return null;
    }

    public static bool HasAttribute(this ISymbol symbol, string fullName) => symbol.FindAttribute(fullName) is not null;

    public static T? Named<T>(this AttributeData attribute, string name)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name && argument.Value is { Kind: not TypedConstantKind.Array, Value: T value })
            {
                return value;
            }
        }

        return default;
    }

    public static T? Positional<T>(this AttributeData attribute, int index)
        => index < attribute.ConstructorArguments.Length
            && attribute.ConstructorArguments[index] is { Kind: not TypedConstantKind.Array, Value: T value }
                ? value
                : default;

    /// <summary>Whether a type has this full name, without type arguments; <c>Streams.IPartitioner&lt;T&gt;</c> for a generic one.</summary>
    public static bool Is(this ITypeSymbol type, string fullName)
        => fullName.EndsWith(type.Name, StringComparison.Ordinal) || type is INamedTypeSymbol { IsGenericType: true }
            ? type.OriginalDefinition.ToDisplayString() == fullName
            : false;

    /// <summary>
    /// The type as generated code names it: with <c>global::</c>, keywords escaped, without annotations, without the short forms of
    /// tuples and nullable values, which not every place in the language takes (<c>value is (int, string)?[] array</c>).
    /// </summary>
    public static string FullName(this ITypeSymbol type) => type.EscapedName(Full);

    /// <summary>
    /// A name in which contextual keywords are escaped too: <c>@partial</c> is a legal name of a type, but behind <c>static</c> it
    /// would be read as a modifier.
    /// </summary>
    public static string EscapedName(this ISymbol symbol, SymbolDisplayFormat format)
        => string.Concat(symbol.ToDisplayParts(format).Select(static part => IsContextualKeyword(part) ? "@" + part : part.ToString()));

    private static bool IsContextualKeyword(SymbolDisplayPart part)
        => part is { Symbol: INamespaceOrTypeSymbol, Kind: not SymbolDisplayPartKind.Keyword }
            && SyntaxFacts.GetContextualKeywordKind(part.ToString()) != SyntaxKind.None;

    /// <summary>The namespace as a declaration writes it; empty for the global one.</summary>
    public static string EscapedName(this INamespaceSymbol symbol)
        => symbol.IsGlobalNamespace
            ? ""
            : symbol.EscapedName(WithoutGlobal);

    public static bool IsNullableValue(this ITypeSymbol type, out ITypeSymbol inner)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            inner = nullable.TypeArguments[0];
            return true;
        }

        inner = type;
        return false;
    }

    /// <summary>The type and its base types, the base first; <see cref="object"/> and <see cref="ValueType"/> left out.</summary>
    public static IEnumerable<INamedTypeSymbol> BaseFirst(this INamedTypeSymbol type)
        => type.BaseType is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) } parent
            ? parent.BaseFirst().Append(type)
            : [type];

    public static IEnumerable<INamedTypeSymbol> ContainingTypes(this INamedTypeSymbol type)
        => type.ContainingType is { } container ? container.ContainingTypes().Append(container) : [];

    /// <summary>Whether every declaration says <c>partial</c>. Types of other assemblies have none and are not.</summary>
    public static bool IsPartial(this INamedTypeSymbol type, CancellationToken cancellationToken)
        => type.DeclaringSyntaxReferences.Length > 0
            && type.DeclaringSyntaxReferences.All(reference => reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax declaration
                && declaration.Modifiers.Any(modifier => modifier.ValueText == "partial"));

    /// <summary>Whether any code of the type's assembly can name it.</summary>
    public static bool IsVisibleInAssembly(this ITypeSymbol type)
    {
        for (ISymbol? current = type; current is INamedTypeSymbol named; current = named.ContainingType)
        {
            if (named.IsFileLocal || named.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal
                or Accessibility.ProtectedOrInternal or Accessibility.NotApplicable))
            {
                return false;
            }
        }

        return type switch
        {
            IArrayTypeSymbol array => array.ElementType.IsVisibleInAssembly(),
            INamedTypeSymbol { IsGenericType: true } generic => generic.TypeArguments.All(IsVisibleInAssembly),
            _ => true,
        };
    }
}
