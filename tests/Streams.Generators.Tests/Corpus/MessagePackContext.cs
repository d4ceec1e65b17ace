using System.Reflection;
using System.Runtime.Loader;

namespace Streams.Generators.Tests.Corpus;

/// <summary>A world in which MessagePack is another version: whoever brings 3.x along gets it at run time, whatever was compiled against.</summary>
internal sealed class MessagePackContext() : AssemblyLoadContext("MessagePack 3.x")
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "messagepack3");

    // These must bind to that version too, so they are loaded a second time.
    private static readonly string[] Doubled = ["Streams.Abstractions", "Streams.Generators.Corpus", "Streams.Generators.Tests"];

    private static readonly Lazy<Func<string, int, bool, string?>> Comparison = new(Enter);

    /// <summary>Compares generated code with the package as <see cref="CorpusComparison.Find"/> does, with that version on both sides.</summary>
    public static string? Compare(string name, int rounds, bool isUnordered) => Comparison.Value(name, rounds, isUnordered);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var file = assemblyName.Name switch
        {
            "MessagePack" or "MessagePack.Annotations" => Path.Combine(Folder, assemblyName.Name + ".dll"),
            { } name when Doubled.Contains(name) => Path.Combine(AppContext.BaseDirectory, name + ".dll"),
            _ => null,
        };
        return file is null ? null : LoadFromAssemblyPath(file);
    }

    private static Func<string, int, bool, string?> Enter()
        => new MessagePackContext().LoadFromAssemblyName(typeof(CorpusComparison).Assembly.GetName())
            .GetType(typeof(CorpusComparison).FullName!, throwOnError: true)!
            .GetMethod(nameof(CorpusComparison.Find))!
            .CreateDelegate<Func<string, int, bool, string?>>();
}
