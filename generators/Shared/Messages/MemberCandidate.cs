using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Streams.Shared.Messages;

/// <summary>A public property or field that may be part of a payload.</summary>
internal sealed class MemberCandidate(ISymbol symbol, ITypeSymbol type, MemberKey? key)
{
    public ISymbol Symbol { get; } = symbol;

    public ITypeSymbol Type { get; } = type;

    public string Name => Symbol.Name;

    /// <summary>Gets the position an attribute gives it, or null.</summary>
    public MemberKey? Key { get; } = key;

    public bool IsField => Symbol is IFieldSymbol;

    public bool IsRequired => Symbol is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    /// <summary>Gets a value indicating whether it can be set at all, by whomever.</summary>
    public bool HasSetter => Symbol is IPropertySymbol { SetMethod: not null } or IFieldSymbol { IsReadOnly: false };

    public bool IsInitOnly => Symbol is IPropertySymbol { SetMethod.IsInitOnly: true };

    /// <summary>Whether code inside <paramref name="within"/> can set it.</summary>
    public bool CanBeSet(Compilation compilation, ISymbol within)
        => HasSetter && (Symbol is not IPropertySymbol { SetMethod: { } setter } || compilation.IsSymbolAccessibleWithin(setter, within));

    /// <summary>Whether it stores a value of its own instead of computing it from others.</summary>
    public bool IsStored(CancellationToken cancellationToken)
        => IsField || (Symbol is IPropertySymbol { IsPartialDefinition: false, IsAbstract: false }
            && Symbol.DeclaringSyntaxReferences.Any(reference => IsAutomatic(reference.GetSyntax(cancellationToken))));

    private static bool IsAutomatic(SyntaxNode node)
        => node is PropertyDeclarationSyntax { ExpressionBody: null, AccessorList: { } list }
            && list.Accessors.All(accessor => accessor is { Body: null, ExpressionBody: null });
}
