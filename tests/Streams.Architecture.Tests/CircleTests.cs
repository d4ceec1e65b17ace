using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Streams.Architecture.Tests;

/// <summary>Folders of one project use each other in one direction, as the compiler sees it. Generated code is left out.</summary>
public sealed class CircleTests
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Threading; global using System.Threading.Tasks;";

    // "From -> To" that would close a circle -> reason.
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal);

    public static TheoryData<string> Projects()
        => [.. new[] { "src", "generators", "analyzers" }
            .SelectMany(top => Directory.EnumerateDirectories(Path.Combine(Repository.Root, top)))
            .Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any())
            .Select(Repository.Relative)
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_UseEachOtherInOneDirection(string project)
    {
        var arrows = ArrowsOf(project).Where(arrow => !Exceptions.ContainsKey($"{arrow.From} -> {arrow.To}")).ToArray();

        var circle = FindCircle(arrows.Select(arrow => (arrow.From, arrow.To)).Distinct().ToLookup(arrow => arrow.From, arrow => arrow.To));

        if (circle is not null)
        {
            var guilty = arrows.Where(arrow => circle.Contains(arrow.From) && circle.Contains(arrow.To))
                .Select(arrow => $"{arrow.From} -> {arrow.To}: {arrow.Where}").Distinct().Take(40);
            Assert.Fail($"A circle: {string.Join(" -> ", circle)}{Environment.NewLine}{string.Join(Environment.NewLine, guilty)}");
        }
    }

    private static List<(string From, string To, string Where)> ArrowsOf(string project)
    {
        var own = Path.GetFileName(project);
        var trees = Repository.SourceFiles(project)
            .Concat(project.StartsWith("src", StringComparison.Ordinal) ? [] : Repository.SourceFiles("generators/Shared"))
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), new(LanguageVersion.Preview), file))
            .Append(CSharpSyntaxTree.ParseText(ImplicitUsings, new(LanguageVersion.Preview)))
            .ToArray();
        var references = Repository.References.Where(reference => reference.Key != own).Select(reference => reference.Value);
        var compilation = CSharpCompilation.Create(own, trees, references, new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));

        var arrows = new List<(string From, string To, string Where)>();
        foreach (var tree in trees.Where(tree => tree.FilePath.Length > 0))
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                if (model.GetSymbolInfo(name).Symbol is { } symbol
                    && (symbol as INamedTypeSymbol ?? symbol.ContainingType) is { } type
                    && type.OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath is { Length: > 0 } home
                    && Folder(home) != Folder(tree.FilePath))
                {
                    arrows.Add((Folder(tree.FilePath), Folder(home), $"{Repository.Relative(tree.FilePath)} uses {type.Name}"));
                }
            }
        }

        return arrows;
    }

    private static string Folder(string file) => Path.GetDirectoryName(Repository.Relative(file))!.Replace('\\', '/');

    private static List<string>? FindCircle(ILookup<string, string> arrows)
    {
        var done = new HashSet<string>();
        var path = new List<string>();
        return arrows.Select(group => group.Key).Order(StringComparer.Ordinal).Select(Visit).FirstOrDefault(circle => circle is not null);

        List<string>? Visit(string folder)
        {
            var seen = path.IndexOf(folder);
            if (seen >= 0)
            {
                return [.. path[seen..], folder];
            }

            if (!done.Add(folder))
            {
                return null;
            }

            path.Add(folder);
            var circle = arrows[folder].Select(Visit).FirstOrDefault(found => found is not null);
            path.RemoveAt(path.Count - 1);
            return circle;
        }
    }
}
