using Microsoft.CodeAnalysis;

namespace Streams.Shared.Messages;

/// <summary>Which constructor a reader calls: the marked one, the positional one, or the one that takes the most members.</summary>
internal sealed class ConstructorChoice
{
    private ConstructorChoice(IMethodSymbol constructor, MemberCandidate[] arguments)
    {
        Constructor = constructor;
        Arguments = arguments;
        SetsRequiredMembers = constructor.HasAttribute(WellKnownNames.SetsRequiredMembersAttribute);
    }

    public IMethodSymbol Constructor { get; }

    /// <summary>Gets the member behind each parameter.</summary>
    public MemberCandidate[] Arguments { get; }

    public bool SetsRequiredMembers { get; }

    /// <summary>Chooses, or returns null where no constructor that code in <paramref name="within"/> can call takes members only.</summary>
    public static ConstructorChoice? Find(
        INamedTypeSymbol type, List<MemberCandidate> members, Compilation compilation, ISymbol within, CancellationToken cancellationToken)
    {
        var callable = type.InstanceConstructors
            .Where(constructor => compilation.IsSymbolAccessibleWithin(constructor, within) && !IsCopy(constructor, type))
            .ToArray();
        var marked = Array.Find(callable, constructor => constructor.HasAttribute(WellKnownNames.SerializationConstructorAttribute));
        if (marked is not null)
        {
            return Match(marked, members);
        }

        var primary = type.IsRecord ? MemberCandidates.PrimaryConstructor(type, cancellationToken) : null;
        return callable
            .OrderBy(constructor => SymbolEqualityComparer.Default.Equals(constructor, primary) ? 0 : 1)
            .ThenByDescending(constructor => constructor.Parameters.Length)
            .Select(constructor => Match(constructor, members))
            .FirstOrDefault(choice => choice is not null);
    }

    private static bool IsCopy(IMethodSymbol constructor, INamedTypeSymbol type)
        => type.IsRecord && constructor.Parameters.Length == 1
            && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type);

    private static ConstructorChoice? Match(IMethodSymbol constructor, List<MemberCandidate> members)
    {
        var arguments = new MemberCandidate[constructor.Parameters.Length];
        for (var index = 0; index < arguments.Length; index++)
        {
            var parameter = constructor.Parameters[index];
            var member = members.Find(candidate => candidate.Name == parameter.Name)
                ?? members.Find(candidate => string.Equals(candidate.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
            if (member is null || arguments.Contains(member) || parameter.RefKind is not (RefKind.None or RefKind.In)
                || !SymbolEqualityComparer.Default.Equals(member.Type, parameter.Type))
            {
                return null;
            }

            arguments[index] = member;
        }

        return new ConstructorChoice(constructor, arguments);
    }
}
