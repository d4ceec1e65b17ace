using Microsoft.CodeAnalysis;
using Streams.Shared;

namespace Streams.Generators;

/// <summary>The modules of referenced assemblies, found by one assembly attribute each; no type of theirs is looked at.</summary>
internal static class ReferencedModules
{
    /// <summary>Returns the assembly's name and the modules it can call, or null where it does not reference Streams.</summary>
    public static ReferencesModel? Read(Compilation compilation, CancellationToken cancellationToken)
    {
        if (compilation.GetTypeByMetadataName(WellKnownNames.StreamsBuilder) is null || ProjectFault.HidesNamespaces(compilation, out _))
        {
            return null;
        }

        var modules = new List<string>();
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (KnowsStreams(assembly) && TypeNaming.IsGlobal(assembly, compilation)
                && assembly.FindAttribute(WellKnownNames.StreamsModuleAttribute)?.Positional<INamedTypeSymbol>(0) is { } module)
            {
                modules.Add(module.FullName());
            }
        }

        modules.Sort(StringComparer.Ordinal);
        return new ReferencesModel(compilation.AssemblyName ?? "", new(modules));
    }

    private static bool KnowsStreams(IAssemblySymbol assembly)
        => assembly.Modules.SelectMany(module => module.ReferencedAssemblies)
            .Any(reference => reference.Name == WellKnownNames.AbstractionsAssembly);
}
