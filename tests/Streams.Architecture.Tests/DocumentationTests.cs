using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Streams.Architecture.Tests;

/// <summary>What the documents show compiles, what they link to exists, and README stays short with its two commands.</summary>
public sealed partial class DocumentationTests
{
    private const int ReadmeLinesMax = 120;

    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Threading; global using System.Threading.Tasks;";

    public static TheoryData<string> Documents()
        => [.. Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
            .Select(Repository.Relative)
            .Where(file => !file.Contains("/bin/") && !file.Contains("/obj/") && !file.Contains("quakedesk-data"))
            .Order(StringComparer.Ordinal)];

    [Fact]
    public void Readme_IsShortAndHasTwoCommands()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "README.md"));

        Assert.True(lines.Length <= ReadmeLinesMax, $"README.md has {lines.Length} lines, at most {ReadmeLinesMax}.");
        Assert.Equal(
            ["dotnet run --project samples/QuakeDesk", "dotnet test Streams.sln"],
            lines.Where(line => line.StartsWith("dotnet ", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_LeadSomewhere(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;

        var dead = Links().Matches(WithoutCode(File.ReadAllText(Path.Combine(Repository.Root, document))))
            .Select(match => match.Groups[1].Value.Split('#')[0])
            .Where(link => link.Length > 0 && !link.Contains("://", StringComparison.Ordinal))
            .Where(link => !Path.Exists(Path.Combine(folder, link)))
            .ToArray();

        Assert.True(dead.Length == 0, $"{document} links to what does not exist: {string.Join(", ", dead)}");
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void CSharpFences_Compile(string document)
    {
        // The pages of the rules show what must not be written; the tests of the rules compile them.
        if (document.StartsWith("docs/diagnostics/", StringComparison.Ordinal))
        {
            return;
        }

        var faults = Fences().Matches(File.ReadAllText(Path.Combine(Repository.Root, document)))
            .SelectMany(fence => Compile(fence.Groups[1].Value).Select(fault => $"{fault} in:{Environment.NewLine}{fence.Groups[1].Value}"))
            .ToArray();

        Assert.True(faults.Length == 0, $"{document}:{Environment.NewLine}{string.Join(Environment.NewLine, faults)}");
    }

    private static string[] Compile(string code)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        var tree = CSharpSyntaxTree.ParseText(code, options, "fence.cs");
        var isProgram = tree.GetRoot().ChildNodes().Any(node => node is Microsoft.CodeAnalysis.CSharp.Syntax.GlobalStatementSyntax);
        var references = Repository.References
            .Where(reference => reference.Key != "Streams.Generators")
            .Select(reference => reference.Value);
        var compilation = CSharpCompilation.Create(
            "Fence",
            [tree, CSharpSyntaxTree.ParseText(ImplicitUsings, options)],
            references,
            new(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        var driver = CSharpGeneratorDriver.Create(Generators(), parseOptions: options);
        driver.RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        return [.. generated.GetDiagnostics().Where(fault => fault.Severity == DiagnosticSeverity.Error).Select(fault => fault.ToString())];
    }

    private static IEnumerable<ISourceGenerator> Generators()
        => typeof(Generators.MessageGenerator).Assembly.GetTypes()
            .Where(type => typeof(IIncrementalGenerator).IsAssignableFrom(type) && !type.IsAbstract)
            .Select(type => ((IIncrementalGenerator)Activator.CreateInstance(type)!).AsSourceGenerator());

    private static string WithoutCode(string text) => AnyFence().Replace(text, "");

    [GeneratedRegex("^```csharp\r?\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex AnyFence();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Links();
}
