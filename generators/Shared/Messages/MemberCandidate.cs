using Microsoft.CodeAnalysis;

namespace Streams.Shared.Messages;

/// <summary>A public property or field that may be part of a payload.</summary>
internal sealed class MemberCandidate(ISymbol symbol, ITypeSymbol type)
{
    public ISymbol Symbol { get; } = symbol;

    public ITypeSymbol Type { get; } = type;

    public string Name => Symbol.Name;

    public AttributeData? Key { get; } = symbol.FindAttribute(WellKnownNames.KeyAttribute);

    public bool IsField => Symbol is IFieldSymbol;

    public bool IsRequired => Symbol is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    /// <summary>Gets a value indicating whether it can be set at all, by whomever.</summary>
    public bool HasSetter => Symbol is IPropertySymbol { SetMethod: not null } or IFieldSymbol { IsReadOnly: false };

    public bool IsInitOnly => Symbol is IPropertySymbol { SetMethod.IsInitOnly: true };

    /// <summary>Whether code inside <paramref name="within"/> can set it.</summary>
    public bool CanBeSet(Compilation compilation, ISymbol within)
        => HasSetter && (Symbol is not IPropertySymbol { SetMethod: { } setter } || compilation.IsSymbolAccessibleWithin(setter, within));
}
