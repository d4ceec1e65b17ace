using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Streams.Analyzers.Tests.Commits;

/// <summary>
/// Many small handlers, checked in one compilation: each says with marks what must be reported in it. Most of the time of an analyzer
/// test goes into compiling, so cases share it.
/// </summary>
internal static class CommitCases
{
    /// <summary>Bodies of <c>HandleAsync(M m, MessageContext ctx, CancellationToken ct)</c> in a group of the policy.</summary>
    public static Task BodiesAsync(string policy, IEnumerable<string> ids, params string[] bodies)
        => ClassesAsync(ids, [.. bodies.Select((body, index) => Handler(policy, index, body))]);

    /// <summary>Bodies of <c>HandleAsync(MessageBatch&lt;M&gt; batch, BatchContext ctx, CancellationToken ct)</c>.</summary>
    public static Task BatchesAsync(string policy, IEnumerable<string> ids, params string[] bodies)
        => ClassesAsync(ids, [.. bodies.Select((body, index) => Handler(policy, index, body, "MessageBatch<M> batch, BatchContext ctx"))]);

    /// <summary>Whole classes. Only the rules named are looked at.</summary>
    public static async Task ClassesAsync(IEnumerable<string> ids, params string[] classes)
        => await ClassesAsync(ids, new AnalyzerOptions([]), classes);

    public static async Task ClassesAsync(IEnumerable<string> ids, AnalyzerOptions options, params string[] classes)
    {
        var known = ids.ToHashSet(StringComparer.Ordinal);
        var cases = classes.Select((text, index) => (Name: $"Case{index}.cs", Markup: Markup.Parse(text))).ToArray();
        var compilation = Verify.Supported.Value.AddSyntaxTrees(cases.Select(item =>
            CSharpSyntaxTree.ParseText(item.Markup.Source, Verify.Options, item.Name)));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));

        var found = await AnalyzeAsync(compilation, known, options);
        var faults = new StringBuilder();
        foreach (var item in cases)
        {
            var expected = item.Markup.Expected.Select(mark => Describe(mark.Id, mark.Span, item.Markup.Source))
                .Order(StringComparer.Ordinal).ToArray();
            var actual = found.Where(diagnostic => diagnostic.Location.SourceTree!.FilePath == item.Name)
                .Select(diagnostic => Describe(diagnostic.Id, diagnostic.Location.SourceSpan, item.Markup.Source))
                .Order(StringComparer.Ordinal).ToArray();
            if (!expected.SequenceEqual(actual))
            {
                faults.AppendLine(item.Markup.Source)
                    .Append("  expected: ").AppendJoin(" | ", expected).AppendLine()
                    .Append("  actual:   ").AppendJoin(" | ", actual).AppendLine();
            }
        }

        Assert.True(faults.Length == 0, faults.ToString());
    }

    /// <summary>What is reported in one handler, for tests of severities and messages.</summary>
    public static async Task<ImmutableArray<Diagnostic>> FindAsync(string id, string source)
    {
        var compilation = Verify.Supported.Value.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, Verify.Options, "Case.cs"));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return await AnalyzeAsync(compilation, [id], new AnalyzerOptions([]));
    }

    /// <summary>What is reported in each of many sources, with the lines.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<(string Id, int Line)>>> FindAllAsync(string[] ids, string[] sources)
    {
        var compilation = Verify.Supported.Value.AddSyntaxTrees(sources.Select((source, index) =>
            CSharpSyntaxTree.ParseText(source, Verify.Options, $"Case{index}.cs")));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var found = (await AnalyzeAsync(compilation, [.. ids], new AnalyzerOptions([])))
            .ToLookup(diagnostic => diagnostic.Location.SourceTree!.FilePath);
        return [.. sources.Select((_, index) => found[$"Case{index}.cs"]
            .Select(diagnostic => (diagnostic.Id, diagnostic.Location.GetLineSpan().StartLinePosition.Line)).ToArray())];
    }

    public static string Handler(string policy, int index, string body, string parameters = "M m, MessageContext ctx")
        => $$"""
        [ConsumerGroup("g{{index}}", Commit = CommitPolicy.{{policy}})]
        public sealed class H{{index}}(IStore store, ILogger log, IProducer<N> producer, IDeadLetters dead)
        {
            public async Task HandleAsync({{parameters}}, CancellationToken ct)
            {
                {{body}}
            }
        }
        """;

    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(
        Compilation compilation, HashSet<string> ids, AnalyzerOptions options)
    {
        var analyzers = compilation.WithAnalyzers(
            [.. AllAnalyzers.Create().Where(analyzer => analyzer.SupportedDiagnostics.Any(rule => ids.Contains(rule.Id)))],
            new CompilationWithAnalyzersOptions(
                options,
                onAnalyzerException: static (exception, _, _) => throw exception,
                concurrentAnalysis: true,
                logAnalyzerExecutionTime: false));
        var found = await analyzers.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.All(found, diagnostic => Assert.DoesNotMatch(@"\{\d", diagnostic.GetMessage(CultureInfo.InvariantCulture)));
        return [.. found.Where(diagnostic => ids.Contains(diagnostic.Id))];
    }

    private static string Describe(string id, TextSpan span, string source)
        => $"{id} at {span.Start}: {(span.End <= source.Length ? source.Substring(span.Start, span.Length) : "?")}";
}
