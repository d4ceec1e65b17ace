using Microsoft.CodeAnalysis;

namespace Streams.Shared;

/// <summary>Whether generated code can write down the name of a type.</summary>
internal static class TypeNaming
{
    /// <summary>Returns what keeps generated code outside the type from naming it, with the way out, or null.</summary>
    public static string? FindFault(ITypeSymbol type, Compilation compilation)
    {
        if (IsHiddenInFile(type))
        {
            return "it is hidden in its file; make it internal";
        }

        if (!compilation.IsSymbolAccessibleWithin(type, compilation.Assembly))
        {
            return SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly)
                ? "generated code cannot name it; make it at least internal"
                : "it is not public in its assembly; use a type that is";
        }

        return Assemblies(type).All(assembly => IsGlobal(assembly, compilation))
            ? null
            : "its assembly is referenced under an alias only, so that it has no name here; reference it without, or with 'global' too";
    }

    /// <summary>Whether an assembly is referenced without an alias: what has one only has no name that generated code could use.</summary>
    public static bool IsGlobal(IAssemblySymbol assembly, Compilation compilation)
        => compilation.GetMetadataReference(assembly)?.Properties.Aliases is not { IsDefaultOrEmpty: false } aliases
            || aliases.Contains("global");

    private static bool IsHiddenInFile(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsHiddenInFile(array.ElementType),
        INamedTypeSymbol named => named.ContainingTypes().Append(named)
            .Any(link => link.IsFileLocal || link.TypeArguments.Any(IsHiddenInFile)),
        _ => false,
    };

    private static IEnumerable<IAssemblySymbol> Assemblies(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
        {
            return Assemblies(array.ElementType);
        }

        IEnumerable<IAssemblySymbol> own = type.ContainingAssembly is { } assembly ? [assembly] : [];
        return type is INamedTypeSymbol named
            ? own.Concat(named.ContainingTypes().Append(named).SelectMany(link => link.TypeArguments).SelectMany(Assemblies))
            : own;
    }
}
