using Microsoft.CodeAnalysis;

namespace Streams.Shared.Messages;

/// <summary>Reads <c>[Union]</c>: which class stands for which tag.</summary>
internal sealed class UnionReader(Compilation compilation, WireTypeReader types, IssueSink issues)
{
    /// <summary>Whether a type is a union: an interface or abstract class with cases.</summary>
    public static bool IsUnion(INamedTypeSymbol type) => type.IsAbstract && type.HasAttribute(WellKnownNames.UnionAttribute);

    /// <summary>Reads the cases; null where they contradict each other or cannot be written.</summary>
    public UnionModel? Read(INamedTypeSymbol type)
    {
        var cases = new List<UnionCase>();
        var isSound = true;
        types.Origin = type.DeclaringSyntaxReferences.IsEmpty ? issues.Origin : type;
        foreach (var attribute in Attributes(type))
        {
            if (ReadCase(type, attribute, cases) is { } found)
            {
                cases.Add(found);
            }
            else
            {
                isSound = false;
            }
        }

        return isSound
            ? new UnionModel(type.FullName(), IsForbidden: false, type.Name, new(cases.OrderBy(known => known.Tag)))
            : null;
    }

    public static IEnumerable<AttributeData> Attributes(INamedTypeSymbol type)
        => type.GetAttributes().Where(attribute => attribute.AttributeClass?.Is(WellKnownNames.UnionAttribute) == true);

    private UnionCase? ReadCase(INamedTypeSymbol union, AttributeData attribute, List<UnionCase> known)
    {
        var tag = attribute.Positional<int>(0);
        if (attribute.Positional<INamedTypeSymbol>(1) is not { } type)
        {
            return Fail(attribute, union, $"the case of tag {tag} is named by text; name it with typeof");
        }

        var fault = known.Exists(other => other.Tag == tag) ? $"tag {tag} stands for two cases; give each its own"
            : known.Exists(other => other.Type.Name == type.FullName()) ? $"'{type.Name}' has two tags; take one away"
            : type.IsUnboundGenericType ? $"its case '{type.Name}' is open; name a closed type"
            : type.IsAbstract ? $"its case '{type.Name}' is abstract, so that nothing is of that type; name the classes derived from it"
            : compilation.ClassifyCommonConversion(type, union) is { IsImplicit: true } ? null
            : $"its case '{type.Name}' does not derive from it";
        if (fault is not null)
        {
            return Fail(attribute, union, fault);
        }

        if (types.Read(type, out var reason) is { } wire)
        {
            return new UnionCase(tag, wire);
        }

        if (reason.Length > 0)
        {
            return Fail(attribute, union, $"its case '{type.Name}' cannot be written: {reason}");
        }

        issues.Fail();
        return null;
    }

    private UnionCase? Fail(AttributeData attribute, INamedTypeSymbol union, string why)
    {
        issues.AddError(DiagnosticIds.FaultyUnion, attribute, union, union.Name, why);
        return null;
    }
}
