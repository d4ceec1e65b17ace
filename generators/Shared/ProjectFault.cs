using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Streams.Shared;

/// <summary>What of a project as a whole keeps generated code from compiling in it, whatever its types look like.</summary>
internal static class ProjectFault
{
    private const LanguageVersion Oldest = LanguageVersion.CSharp12;

    // Generated code names everything from these on: behind a type of that name the namespace cannot be reached at all.
    private static readonly string[] Namespaces = ["System", "MessagePack", "Streams", "Microsoft"];

    /// <summary>Returns what is wrong, or null.</summary>
    public static string? Find(Compilation compilation)
    {
        if (compilation is CSharpCompilation { LanguageVersion: < Oldest and var version })
        {
            return $"it is compiled as C# {version.ToDisplayString()}; set LangVersion to {Oldest.ToDisplayString()} or later";
        }

        return HidesNamespaces(compilation, out var name)
            ? $"the type '{name}' outside all namespaces hides the namespace '{name}'; move it into a namespace"
            : null;
    }

    /// <summary>Whether a type of the project has the name of a namespace that generated code needs.</summary>
    public static bool HidesNamespaces(Compilation compilation, out string name)
    {
        name = Array.Find(Namespaces, known => !compilation.Assembly.GlobalNamespace.GetTypeMembers(known).IsEmpty) ?? "";
        return name.Length > 0;
    }
}
