using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Streams.Shared.Messages;

/// <summary>Finds the members of a type: those of base types first, positional ones before the others, then as declared.</summary>
internal static class MemberCandidates
{
    public static List<MemberCandidate> Find(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var found = new List<MemberCandidate>();
        foreach (var level in type.BaseFirst())
        {
            foreach (var symbol in Declared(level, cancellationToken))
            {
                var known = found.FindIndex(candidate => candidate.Name == symbol.Name);
                var isIgnored = symbol.HasAttribute(WellKnownNames.IgnoreMemberAttribute);
                if (known >= 0)
                {
                    // An override or a member that hides another takes its place: the name can mean one of them only.
                    found.RemoveAt(known);
                }

                if (!isIgnored)
                {
                    var memberType = symbol is IPropertySymbol property ? property.Type : ((IFieldSymbol)symbol).Type;
                    found.Insert(known >= 0 ? known : found.Count, new MemberCandidate(symbol, memberType));
                }
            }
        }

        return found;
    }

    /// <summary>The constructor that the type's own declaration spells out, if it has one.</summary>
    public static IMethodSymbol? PrimaryConstructor(INamedTypeSymbol type, CancellationToken cancellationToken)
        => type.InstanceConstructors.FirstOrDefault(constructor => constructor.DeclaringSyntaxReferences
            .Any(reference => reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax { ParameterList: not null }));

    private static IEnumerable<ISymbol> Declared(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var members = type.GetMembers().Where(IsPayloadCandidate).ToArray();
        if (!type.IsRecord || PrimaryConstructor(type, cancellationToken) is not { } primary)
        {
            return members;
        }

        var positional = primary.Parameters
            .Select(parameter => members.FirstOrDefault(member => member.Name == parameter.Name))
            .OfType<ISymbol>()
            .ToArray();
        return positional.Concat(members.Except(positional, SymbolEqualityComparer.Default).OfType<ISymbol>());
    }

    private static bool IsPayloadCandidate(ISymbol member) => member switch
    {
        { IsStatic: true } or { DeclaredAccessibility: not Accessibility.Public } => false,
        IPropertySymbol { IsIndexer: false, GetMethod.DeclaredAccessibility: Accessibility.Public } => true,
        IFieldSymbol { IsConst: false, IsImplicitlyDeclared: false } => true,
        _ => false,
    };
}
