using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Streams.Shared.Messages;

/// <summary>Finds the members of a type: those of base types first, positional ones before the others, then as declared.</summary>
internal sealed class MemberCandidates(INamedTypeSymbol type, IssueSink issues, CancellationToken cancellationToken)
{
    private readonly PayloadContract _contract = PayloadContract.Of(type);

    public List<MemberCandidate> Find()
    {
        var found = new List<MemberCandidate>();
        foreach (var level in type.BaseFirst())
        {
            CheckHidden(level);
            foreach (var symbol in Declared(level).Where(symbol => _contract.Takes(symbol)))
            {
                var known = found.FindIndex(candidate => candidate.Name == symbol.Name);
                if (known >= 0 && !Overrides(symbol, found[known].Symbol))
                {
                    issues.AddError(DiagnosticIds.BadFieldIndex, symbol, symbol.Name,
                        $"it hides '{found[known].Symbol.ContainingType.Name}.{symbol.Name}', so that the name means two members; "
                        + "rename one, or mark that of the base type with [IgnoreMember]");
                    continue;
                }

                var candidate = new MemberCandidate(
                    symbol, symbol is IPropertySymbol property ? property.Type : ((IFieldSymbol)symbol).Type, _contract.KeyOf(symbol));
                if (known >= 0)
                {
                    // An override takes the place of what it overrides.
                    found[known] = candidate;
                }
                else
                {
                    found.Add(candidate);
                }
            }
        }

        return found;
    }

    /// <summary>The constructor that the type's own declaration spells out, if it has one.</summary>
    public static IMethodSymbol? PrimaryConstructor(INamedTypeSymbol type, CancellationToken cancellationToken)
        => type.InstanceConstructors.FirstOrDefault(constructor => constructor.DeclaringSyntaxReferences
            .Any(reference => reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax { ParameterList: not null }));

    // Where positions are given, only maps have an order of their own: that of the members in metadata.
    private IEnumerable<ISymbol> Declared(INamedTypeSymbol level)
    {
        var members = level.GetMembers().Where(IsPayloadCandidate).ToArray();
        if (_contract.IsDeclared || !level.IsRecord || PrimaryConstructor(level, cancellationToken) is not { } primary)
        {
            return members;
        }

        var positional = primary.Parameters
            .Select(parameter => Array.Find(members, member => member.Name == parameter.Name))
            .OfType<ISymbol>()
            .ToArray();
        return positional.Concat(members.Except(positional, SymbolEqualityComparer.Default).OfType<ISymbol>());
    }

    // Somebody who gives a private member a key means it to be written. Only resolvers that reach private members would.
    private void CheckHidden(INamedTypeSymbol level)
    {
        foreach (var member in level.GetMembers())
        {
            if (member is IPropertySymbol or IFieldSymbol && !member.IsStatic && !member.IsImplicitlyDeclared
                && !IsPayloadCandidate(member) && member.HasAttribute(WellKnownNames.KeyAttribute))
            {
                issues.AddError(DiagnosticIds.BadFieldIndex, member, member.Name,
                    "it has a key but cannot be read from outside, and only public members are payload; make it public, or take the key "
                    + "away");
            }
        }
    }

    private static bool Overrides(ISymbol symbol, ISymbol overridden)
    {
        for (var current = (symbol as IPropertySymbol)?.OverriddenProperty; current is not null; current = current.OverriddenProperty)
        {
            if (SymbolEqualityComparer.Default.Equals(current, overridden))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPayloadCandidate(ISymbol member) => member switch
    {
        { IsStatic: true } or { DeclaredAccessibility: not Accessibility.Public } => false,
        IPropertySymbol { IsIndexer: false } property => Getter(property)?.DeclaredAccessibility == Accessibility.Public,
        IFieldSymbol { IsConst: false, IsImplicitlyDeclared: false } => true,
        _ => false,
    };

    // An override may leave its getter to the property it overrides.
    private static IMethodSymbol? Getter(IPropertySymbol property)
        => property.GetMethod ?? (property.OverriddenProperty is { } overridden ? Getter(overridden) : null);
}
