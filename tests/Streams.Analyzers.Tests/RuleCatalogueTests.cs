using Microsoft.CodeAnalysis;

namespace Streams.Analyzers.Tests;

/// <summary>Every rule is documented, tracked, and tested both ways.</summary>
public sealed class RuleCatalogueTests
{
    private static readonly string Root = FindRoot();

    public static TheoryData<string> Ids() => [.. Rules().Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_HasAPage_ATrackedLine_AndTests(string id)
    {
        var rule = Rules().Single(rule => rule.Id == id);
        var page = Path.Combine(Root, "docs", "diagnostics", id + ".md");

        Assert.True(File.Exists(page), $"There is no {page}.");
        Assert.StartsWith($"# {id}: {rule.Title}\n", File.ReadAllText(page).ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains($"severity {rule.DefaultSeverity}", File.ReadAllText(page), StringComparison.Ordinal);
        Assert.Contains(
            $"[{id}]({id}.md)", File.ReadAllText(Path.Combine(Root, "docs", "diagnostics", "README.md")), StringComparison.Ordinal);
        Assert.EndsWith($"docs/diagnostics/{id}.md", rule.HelpLinkUri, StringComparison.Ordinal);
        Assert.Contains(
            File.ReadLines(Path.Combine(Root, "analyzers", "Streams.Analyzers", "AnalyzerReleases.Unshipped.md"))
                .Concat(File.ReadLines(Path.Combine(Root, "analyzers", "Streams.Analyzers", "AnalyzerReleases.Shipped.md"))),
            line => line.StartsWith($"{id} | {rule.Category} | {rule.DefaultSeverity} |", StringComparison.Ordinal));
        Assert.Contains(TestFiles(), text => text.Contains($"{{|{id}:", StringComparison.Ordinal));
    }

    [Fact]
    public void Ids_AreUnique()
        => Assert.Equal(Rules().Select(rule => rule.Id).Distinct(StringComparer.Ordinal), Rules().Select(rule => rule.Id));

    private static DiagnosticDescriptor[] Rules()
        => [.. AllAnalyzers.Create().SelectMany(analyzer => analyzer.SupportedDiagnostics)
            .DistinctBy(rule => rule.Id).OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    private static IEnumerable<string> TestFiles()
        => Directory.EnumerateFiles(Path.Combine(Root, "tests", "Streams.Analyzers.Tests"), "*RuleTests.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Streams.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
