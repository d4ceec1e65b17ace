using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Streams.Analyzers.Tests;

/// <summary>
/// Applies fixes until none is offered any more, and again with "fix all": both must end in the expected text, and every text on the
/// way must compile.
/// </summary>
internal static class VerifyFix
{
    private const int StepsMax = 20;

    /// <summary>Checks one kind of fix.</summary>
    /// <param name="source">The text to begin with, marked or not.</param>
    /// <param name="expected">The text to end with.</param>
    /// <param name="id">The rule.</param>
    /// <param name="key">Which of several fixes: the part of its equivalence key after the id; null takes the only one.</param>
    public static async Task AppliesAsync(string source, string expected, string id, string? key = null)
    {
        var start = Markup.Parse(source).Source;
        Assert.Equal(expected, await FixOneByOneAsync(start, id, key));
        Assert.Equal(expected, await FixAllAsync(start, id, key));
    }

    /// <summary>Checks that the rule is reported but no fix offered, because none would be right here.</summary>
    public static async Task IsNotOfferedAsync(string source, string id)
    {
        using var workspace = new AdhocWorkspace();
        var document = Open(workspace, Markup.Parse(source).Source);
        var diagnostics = await FindAsync(document, id);
        Assert.NotEmpty(diagnostics);
        foreach (var diagnostic in diagnostics)
        {
            Assert.Empty(await ActionsAsync(document, ProviderOf(id), diagnostic, null));
        }
    }

    private static async Task<string> FixOneByOneAsync(string source, string id, string? key)
    {
        using var workspace = new AdhocWorkspace();
        var document = Open(workspace, source);
        for (var step = 0; step < StepsMax; step++)
        {
            CodeAction? action = null;
            foreach (var diagnostic in await FindAsync(document, id))
            {
                var offered = await ActionsAsync(document, ProviderOf(id), diagnostic, key);
                if (offered.Count > 0)
                {
                    action = Assert.Single(offered);
                    break;
                }
            }

            if (action is null)
            {
                Assert.NotEqual(0, step);
                return (await document.GetTextAsync()).ToString();
            }

            document = await ApplyAsync(document, action);
        }

        throw new InvalidOperationException($"The fix of {id} is still offered after {StepsMax} steps.");
    }

    private static async Task<string> FixAllAsync(string source, string id, string? key)
    {
        using var workspace = new AdhocWorkspace();
        var document = Open(workspace, source);
        var provider = ProviderOf(id);
        for (var step = 0; step < StepsMax; step++)
        {
            var diagnostics = await FindAsync(document, id);
            var actions = new List<CodeAction>();
            foreach (var diagnostic in diagnostics)
            {
                actions.AddRange(await ActionsAsync(document, provider, diagnostic, key));
            }

            if (actions.Count == 0)
            {
                break;
            }

            Assert.All(actions, action => Assert.StartsWith(id + ".", action.EquivalenceKey, StringComparison.Ordinal));
            var context = new FixAllContext(
                document, provider, FixAllScope.Document, actions[0].EquivalenceKey!, provider.FixableDiagnosticIds,
                new KnownDiagnostics(diagnostics), TestContext.Current.CancellationToken);
            document = await ApplyAsync(document, (await provider.GetFixAllProvider()!.GetFixAsync(context))!);
        }

        return (await document.GetTextAsync()).ToString();
    }

    private static Document Open(AdhocWorkspace workspace, string source)
        => Verify.CreateProject(workspace, source).Documents.Single(document => document.Name == "Source.cs");

    private static CodeFixProvider ProviderOf(string id)
        => AllAnalyzers.CreateFixes().Single(fix => fix.FixableDiagnosticIds.Contains(id));

    private static async Task<ImmutableArray<Diagnostic>> FindAsync(Document document, string id)
    {
        var tree = await document.GetSyntaxTreeAsync();
        var compilation = (await document.Project.GetCompilationAsync())!;
        var analyzers = compilation.WithAnalyzers(
            [.. AllAnalyzers.Create().Where(analyzer => analyzer.SupportedDiagnostics.Any(rule => rule.Id == id))],
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]),
                onAnalyzerException: static (exception, _, _) => throw exception,
                concurrentAnalysis: true,
                logAnalyzerExecutionTime: false));
        var found = await analyzers.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. found.Where(diagnostic => diagnostic.Id == id && diagnostic.Location.SourceTree == tree)
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    private static async Task<List<CodeAction>> ActionsAsync(
        Document document, CodeFixProvider provider, Diagnostic diagnostic, string? key)
    {
        var actions = new List<CodeAction>();
        await provider.RegisterCodeFixesAsync(
            new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        return actions.FindAll(action => key is null || action.EquivalenceKey == $"{diagnostic.Id}.{key}");
    }

    private static async Task<Document> ApplyAsync(Document document, CodeAction action)
    {
        var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;

        // A fix may leave warnings, never errors.
        var compilation = (await changed.Project.GetCompilationAsync())!;
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return changed;
    }

    private sealed class KnownDiagnostics(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken)
            => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
            => Task.FromResult<IEnumerable<Diagnostic>>(document.Name == "Source.cs" ? diagnostics : []);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken)
            => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
