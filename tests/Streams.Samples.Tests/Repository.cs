namespace Streams.Samples.Tests;

/// <summary>Where the samples stand.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The built sample, of the configuration the tests were built with.</summary>
    public static string BuiltSample(string name)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var path = Path.Combine(Root, "samples", name, "bin", framework.Parent!.Name, framework.Name, name + ".dll");
        return File.Exists(path) ? path : throw new InvalidOperationException($"The sample is not built: there is no '{path}'.");
    }

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
