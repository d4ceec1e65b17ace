using Microsoft.CodeAnalysis;

namespace Streams.Shared.Handlers;

/// <summary>Chooses the constructor of a handler class and reads what it takes.</summary>
internal sealed class ServiceReader(Compilation compilation, IssueSink issues)
{
    /// <summary>Reads the marked constructor, or the one with the most parameters; null where that is none or more than one.</summary>
    public List<ServiceModel>? Read(INamedTypeSymbol type)
    {
        var constructors = type.InstanceConstructors
            .Where(constructor => compilation.IsSymbolAccessibleWithin(constructor, compilation.Assembly)
                && constructor.Parameters.All(parameter => parameter.RefKind == RefKind.None))
            .OrderByDescending(constructor => constructor.Parameters.Length)
            .ToArray();
        var marked = Array.FindAll(constructors, constructor => constructor.HasAttribute(WellKnownNames.InjectionConstructorAttribute));
        if (marked.Length > 0)
        {
            constructors = marked;
        }

        if (constructors.Length == 0)
        {
            return Fail(type, "it has no public or internal constructor");
        }

        if (constructors.Length > 1 && (marked.Length > 1 || constructors[1].Parameters.Length == constructors[0].Parameters.Length))
        {
            return Fail(type, "several of its constructors have the most parameters; mark one with [ActivatorUtilitiesConstructor]");
        }

        if (!constructors[0].HasAttribute(WellKnownNames.SetsRequiredMembersAttribute)
            && type.BaseFirst().SelectMany(level => level.GetMembers())
                .Any(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }))
        {
            return Fail(type, "it has required members, which injection does not set; take them in the constructor");
        }

        return constructors[0].Parameters.Select(Read).ToList();
    }

    private static ServiceModel Read(IParameterSymbol parameter)
        => new(
            parameter.Type.FullName(),
            parameter.Type.IsReferenceType,
            KeyOf(parameter),
            parameter.HasExplicitDefaultValue ? ConstantText.Of(parameter.Type, parameter.ExplicitDefaultValue) : null);

    private static string? KeyOf(IParameterSymbol parameter)
        => parameter.FindAttribute(WellKnownNames.FromKeyedServicesAttribute) is { ConstructorArguments: { Length: 1 } arguments }
            && arguments[0] is { IsNull: false, Kind: not TypedConstantKind.Array } key
                ? ConstantText.Of(key.Type, key.Value)
                : null;

    private List<ServiceModel>? Fail(INamedTypeSymbol type, string why)
    {
        issues.AddError(DiagnosticIds.HandlerCannotBeConstructed, type, type.Name, why);
        return null;
    }
}
