using Microsoft.CodeAnalysis;

namespace Streams.Architecture.Tests;

/// <summary>The checked-out tree the tests look at.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every assembly the tests run with, read once: compiling against them is most of what these tests do.</summary>
    public static IReadOnlyDictionary<string, MetadataReference> References { get; }
        = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .DistinctBy(assembly => Path.GetFileNameWithoutExtension(assembly))
            .ToDictionary(
                assembly => Path.GetFileNameWithoutExtension(assembly),
                MetadataReference (assembly) => MetadataReference.CreateFromFile(assembly),
                StringComparer.Ordinal);

    /// <summary>Every C# file people wrote below the given top folders.</summary>
    public static IEnumerable<string> SourceFiles(params string[] tops)
        => tops.Select(top => Path.Combine(Root, top))
            .Where(Directory.Exists)
            .SelectMany(top => Directory.EnumerateFiles(top, "*.cs", SearchOption.AllDirectories))
            .Where(file => !Relative(file).Contains("/obj/") && !Relative(file).Contains("/bin/") && !file.Contains(".verified."))
            .Order(StringComparer.Ordinal);

    public static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Streams.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository: no Streams.sln above them.");
    }
}
