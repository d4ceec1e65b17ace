using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Streams.Shared.Messages;

/// <summary>Reads the members of a message or of a plain type inside one.</summary>
internal sealed class ObjectReader(Compilation compilation, WireTypeReader types, IssueSink issues, CancellationToken cancellationToken)
{
    /// <summary>Reads a type; null where it cannot be written, which then stands among the issues.</summary>
    /// <param name="type">The type.</param>
    /// <param name="within">From where its constructor and setters are called: the type itself where generated code is part of it.</param>
    public ObjectModel? Read(INamedTypeSymbol type, ISymbol within)
    {
        if (type.IsAbstract)
        {
            issues.AddError(DiagnosticIds.AbstractMember, type, type.Name);
            return null;
        }

        var candidates = MemberCandidates.Find(type, cancellationToken);
        if (ConstructorChoice.Find(type, candidates, compilation, within, cancellationToken) is not { } constructor)
        {
            issues.AddError(DiagnosticIds.LossyDeserialization, type, type.Name, "no constructor can be called with members alone; "
                + "give it one whose parameters have the names and types of members, or one without parameters");
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
            : new ObjectModel(type.FullName(), type.IsReferenceType, layout.IsMap, layout.Length, new(members));
    }

    // A get-only member that no constructor parameter feeds is computed, unless somebody gave it a key.
    private static bool BelongsToPayload(MemberCandidate candidate, ConstructorChoice constructor)
        => candidate.HasSetter || candidate.Key is not null || constructor.Arguments.Contains(candidate);

    private MemberModel? ReadMember(MemberCandidate candidate, ConstructorChoice constructor, ISymbol within)
    {
        if (types.Read(candidate.Type, out var reason) is not { } wire)
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
                    ? [candidate.Name, Display(candidate.Type), "generated code cannot reach its setter"]
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

    private static string Display(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
