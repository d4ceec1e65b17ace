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

    /// <summary>Chooses, or returns null with the reason where no constructor that code in <paramref name="within"/> can call takes members only.</summary>
    public static ConstructorChoice? Find(
        INamedTypeSymbol type,
        List<MemberCandidate> members,
        Compilation compilation,
        ISymbol within,
        out string fault,
        CancellationToken cancellationToken)
    {
        fault = "";
        var constructors = type.InstanceConstructors.Where(constructor => !IsCopy(constructor, type)).ToArray();
        var marked = Array.FindAll(constructors, constructor => constructor.HasAttribute(WellKnownNames.SerializationConstructorAttribute));
        var callable = Array.FindAll(
            marked.Length > 0 ? marked : constructors, constructor => compilation.IsSymbolAccessibleWithin(constructor, within));
        if (marked.Length > 1)
        {
            fault = "several of its constructors have [SerializationConstructor]; mark one";
        }
        else if (marked.Length > callable.Length)
        {
            fault = "generated code cannot reach its constructor with [SerializationConstructor]; make it at least internal";
        }

        var primary = type.IsRecord ? MemberCandidates.PrimaryConstructor(type, cancellationToken) : null;
        var choice = fault.Length > 0 ? null : callable
            .OrderBy(constructor => SymbolEqualityComparer.Default.Equals(constructor, primary) ? 0 : 1)
            .ThenByDescending(constructor => constructor.Parameters.Length)
            .Select(constructor => ByName(constructor, members, compilation) ?? ByPosition(constructor, members, compilation))
            .FirstOrDefault(found => found is not null);
        if (choice is null && fault.Length == 0)
        {
            fault = marked.Length > 0
                ? "its constructor with [SerializationConstructor] takes something that is no member; its parameters must have the names "
                    + "and types of members"
                : "no constructor can be called with members alone; give it one whose parameters have the names and types of members, "
                    + "or one without parameters";
        }

        return choice;
    }

    private static bool IsCopy(IMethodSymbol constructor, INamedTypeSymbol type)
        => type.IsRecord && constructor.Parameters.Length == 1
            && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type);

    private static ConstructorChoice? ByName(IMethodSymbol constructor, List<MemberCandidate> members, Compilation compilation)
    {
        var arguments = new MemberCandidate[constructor.Parameters.Length];
        for (var index = 0; index < arguments.Length; index++)
        {
            var name = constructor.Parameters[index].Name;
            var member = members.Find(candidate => candidate.Name == name)
                ?? members.Find(candidate => string.Equals(candidate.Key?.Name, name, StringComparison.OrdinalIgnoreCase))
                ?? members.Find(candidate => string.Equals(candidate.Name, name, StringComparison.OrdinalIgnoreCase));
            if (member is null || arguments.Contains(member) || !Fits(member, constructor.Parameters[index], compilation))
            {
                return null;
            }

            arguments[index] = member;
        }

        return new ConstructorChoice(constructor, arguments);
    }

    // MessagePack itself knows parameters by the order of the keys and not by their names, so there are contracts that rely on it.
    private static ConstructorChoice? ByPosition(IMethodSymbol constructor, List<MemberCandidate> members, Compilation compilation)
    {
        var keyed = members.Where(member => member.Key is { Name: null }).OrderBy(member => member.Key!.Value.Index).ToArray();
        var count = constructor.Parameters.Length;
        return count <= keyed.Length
            && constructor.Parameters.All(parameter => Fits(keyed[parameter.Ordinal], parameter, compilation))
                ? new ConstructorChoice(constructor, keyed.Take(count).ToArray())
                : null;
    }

    private static bool Fits(MemberCandidate member, IParameterSymbol parameter, Compilation compilation)
        => parameter.RefKind is RefKind.None or RefKind.In or RefKind.RefReadOnlyParameter
            && compilation.ClassifyCommonConversion(member.Type, parameter.Type) is { IsImplicit: true } conversion
            && (conversion.IsIdentity || conversion.IsReference);
}
