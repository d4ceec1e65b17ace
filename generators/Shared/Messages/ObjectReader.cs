using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Streams.Shared.Messages;

/// <summary>Reads the members of a message or of a plain type inside one.</summary>
internal sealed class ObjectReader(Compilation compilation, WireTypeReader types, IssueSink issues, CancellationToken cancellationToken)
{
    private const int DisplayLengthMax = 120;

    /// <summary>Reads a type; null where it cannot be written, which then stands among the issues.</summary>
    /// <param name="type">The type.</param>
    /// <param name="within">From where its constructor and setters are called: the type itself where generated code is part of it.</param>
    public ObjectModel? Read(INamedTypeSymbol type, ISymbol within)
    {
        var candidates = new MemberCandidates(type, issues, cancellationToken).Find();
        if (ConstructorChoice.Find(type, candidates, compilation, within, out var fault, cancellationToken) is not { } constructor)
        {
            issues.AddError(DiagnosticIds.LossyDeserialization, type, type.Name, fault);
            return null;
        }

        var payload = candidates.Where(candidate => BelongsToPayload(candidate, constructor)).ToList();
        if (new PayloadLayout(type, payload, issues).Assign(HasOneDeclaration) is not { } layout)
        {
            return null;
        }

        var members = new List<MemberModel>();
        foreach (var (candidate, index, mapKey) in layout.Slots)
        {
            if (ReadMember(candidate, constructor, within) is { } member)
            {
                members.Add(member with { Index = index, MapKey = mapKey });
            }
        }

        return members.Count < layout.Slots.Count
            ? null
            : new ObjectModel(
                type.FullName(),
                type.IsReferenceType,
                payload.Exists(member => IsForbidden(member.Symbol)) || IsForbidden(constructor.Constructor) || IsForbidden(type),
                layout.IsMap,
                layout.Length,
                type.AllInterfaces.Any(face => face.Is(WellKnownNames.CallbackReceiver)),
                new(members));
    }

    // A get-only member that no constructor parameter feeds is computed, unless somebody gave it a key.
    private bool BelongsToPayload(MemberCandidate candidate, ConstructorChoice constructor)
    {
        if (candidate.HasSetter || candidate.Key is not null || constructor.Arguments.Contains(candidate))
        {
            return true;
        }

        if (candidate.IsStored(cancellationToken))
        {
            issues.AddError(DiagnosticIds.LossyDeserialization, candidate.Symbol, candidate.Name,
                "it stores a value that nothing could put back; give it a setter or a constructor parameter, compute it, or mark it with "
                + "[IgnoreMember]");
        }

        return false;
    }

    private MemberModel? ReadMember(MemberCandidate candidate, ConstructorChoice constructor, ISymbol within)
    {
        types.Origin = candidate.Symbol.Locations.Any(location => location.IsInSource) ? candidate.Symbol : issues.Origin;
        if (types.ReadMember(candidate, out var reason) is not { } wire)
        {
            if (reason.Length > 0)
            {
                issues.AddError(DiagnosticIds.UnsupportedMember, candidate.Symbol, candidate.Name, Display(candidate.Type), reason);
            }

            issues.Fail();
            return null;
        }

        var argument = Array.IndexOf(constructor.Arguments, candidate);
        var canBeSet = candidate.CanBeSet(compilation, within);
        var isDemanded = candidate.IsRequired && !constructor.SetsRequiredMembers;
        if (argument < 0 && !canBeSet)
        {
            issues.AddError(
                candidate.HasSetter ? DiagnosticIds.UnsupportedMember : DiagnosticIds.LossyDeserialization,
                candidate.Symbol,
                candidate.HasSetter
                    ? [candidate.Name, Display(candidate.Type), "generated code cannot reach its setter; make it at least internal"]
                    : [candidate.Name, "it has a key but neither a setter nor a constructor parameter of its name and type"]);
            return null;
        }

        var assignment = argument >= 0 && !isDemanded ? MemberAssignment.Constructor
            : isDemanded || candidate.IsInitOnly ? MemberAssignment.Initializer
            : MemberAssignment.Setter;
        return new MemberModel(candidate.Name, 0, null, wire, assignment, argument);
    }

    // Over several declarations the order of members would depend on the order in which files are compiled.
    private bool HasOneDeclaration(INamedTypeSymbol type)
        => type.BaseFirst().All(level => level.DeclaringSyntaxReferences.Length > 0
            && level.DeclaringSyntaxReferences.Count(reference => HoldsMembers(reference.GetSyntax(cancellationToken))) <= 1);

    private static bool HoldsMembers(SyntaxNode node)
        => node is RecordDeclarationSyntax { ParameterList.Parameters.Count: > 0 }
            || (node is TypeDeclarationSyntax declaration && declaration.Members.Any(IsPublicMember));

    private static bool IsPublicMember(MemberDeclarationSyntax member)
        => member is PropertyDeclarationSyntax or FieldDeclarationSyntax
            && member.Modifiers.Any(modifier => modifier.ValueText == "public")
            && !member.Modifiers.Any(modifier => modifier.ValueText is "static" or "const");

    // What is obsolete as an error can be used by code that is obsolete itself.
    private static bool IsForbidden(ISymbol symbol) => symbol.FindAttribute(WellKnownNames.ObsoleteAttribute)?.Positional<bool>(1) == true;

    private static string Display(ITypeSymbol type)
    {
        var text = type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        return text.Length <= DisplayLengthMax ? text : text.Substring(0, DisplayLengthMax) + "…";
    }
}
