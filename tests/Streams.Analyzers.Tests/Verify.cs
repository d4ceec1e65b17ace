extern alias generators;

using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Streams.Analyzers.Handlers;
using Streams.Analyzers.Messages;

namespace Streams.Analyzers.Tests;

/// <summary>
/// Runs the analyzers over marked source. The generators run first, as in a build, and what they add must compile without an error
/// however wrong the source is: the analyzers are the only ones to complain.
/// </summary>
internal static class Verify
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using MessagePack;
        global using Streams;
        """;

    public static readonly CSharpParseOptions Options = new(LanguageVersion.Preview);

    // Compilations made from one another share the symbols of what they reference: most of the time goes into reading those.
    private static readonly Lazy<CSharpCompilation> Base = new(CreateBase);

    public static Task DiagnosticsAsync(string marked) => DiagnosticsAsync(marked, [new MessageAnalyzer(), new HandlerAnalyzer()]);

    /// <summary>The usings with references to everything, the messages and services of the commit tests among them.</summary>
    public static Lazy<CSharpCompilation> Supported { get; } = new(() =>
    {
        var support = RunGenerators(CSharpCompilation.Create(
            "Support",
            [.. Base.Value.SyntaxTrees, CSharpSyntaxTree.ParseText(Commits.Surface.For(Base.Value), Options, "Support.cs")],
            Base.Value.References,
            Base.Value.Options));
        using var image = new MemoryStream();
        Assert.True(support.Emit(image).Success);
        var compilation = Base.Value.AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        _ = compilation.GetDiagnostics();
        return compilation;
    });

    public static Task DiagnosticsAsync(string marked, ImmutableArray<DiagnosticAnalyzer> tested, AnalyzerOptions? options = null)
    {
        var markup = Markup.Parse(marked);
        return DiagnosticsAsync(markup, Compile(markup.Source), tested, options);
    }

    /// <summary>Checks a source in a project of its own kind: another language version, no usings that everybody has.</summary>
    public static Task DiagnosticsInAsync(string marked, LanguageVersion language, bool hasUsings)
    {
        var markup = Markup.Parse(marked);
        var options = Options.WithLanguageVersion(language);
        var compilation = Base.Value.RemoveAllSyntaxTrees()
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(markup.Source, options, "Source.cs"));
        if (hasUsings)
        {
            compilation = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(Usings, options, "Usings.cs"));
        }

        return DiagnosticsAsync(markup, RunGenerators(compilation, options), [new MessageAnalyzer(), new HandlerAnalyzer()], null);
    }

    private static async Task DiagnosticsAsync(
        Markup markup, Compilation compilation, ImmutableArray<DiagnosticAnalyzer> tested, AnalyzerOptions? options)
    {
        foreach (var concurrent in new[] { true, false })
        {
            var analyzers = compilation.WithAnalyzers(
                tested,
                new CompilationWithAnalyzersOptions(
                    options ?? new AnalyzerOptions([]),
                    onAnalyzerException: static (exception, _, _) => throw exception,
                    concurrentAnalysis: concurrent,
                    logAnalyzerExecutionTime: false));
            var found = await analyzers.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

            Assert.Equal(
                markup.Expected.Select(mark => Describe(mark.Id, mark.Span, markup.Source)).Order(StringComparer.Ordinal),
                found.Select(diagnostic => Describe(diagnostic.Id, diagnostic.Location.SourceSpan, markup.Source))
                    .Order(StringComparer.Ordinal));
            Assert.All(found, diagnostic => Assert.DoesNotMatch(@"\{\d", diagnostic.GetMessage(CultureInfo.InvariantCulture)));
        }
    }

    public static Compilation Compile(string source)
        => RunGenerators(Base.Value.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, Options, "Source.cs")));

    /// <summary>A project of one document beside the usings, for fixes. It references the messages and services of the commit tests.</summary>
    public static Project CreateProject(AdhocWorkspace workspace, string source)
    {
        var project = workspace.AddProject("Tested", LanguageNames.CSharp)
            .WithParseOptions(Options)
            .WithCompilationOptions(Base.Value.Options)
            .WithMetadataReferences(Supported.Value.References);
        foreach (var tree in Base.Value.SyntaxTrees)
        {
            project = project.AddDocument(tree.FilePath, tree.GetText()).Project;
        }

        return project.AddDocument("Source.cs", source).Project;
    }

    public static Compilation RunGenerators(Compilation compilation, CSharpParseOptions? options = null)
    {
        var driver = CSharpGeneratorDriver.Create(
            [
                new generators::Streams.Generators.MessageGenerator().AsSourceGenerator(),
                new generators::Streams.Generators.HandlerGenerator().AsSourceGenerator(),
                new generators::Streams.Generators.RegistrationGenerator().AsSourceGenerator(),
            ],
            parseOptions: options ?? Options);
        driver.RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var diagnostics);
        Assert.Empty(diagnostics);
        Assert.Empty(Errors(generated));
        return generated;
    }

    private static IEnumerable<string> Errors(Compilation compilation)
        => compilation.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.ToString());

    private static string Describe(string id, Microsoft.CodeAnalysis.Text.TextSpan span, string source)
        => $"{id} at {span.Start}: {(span.End <= source.Length ? source.Substring(span.Start, span.Length) : "?")}";

    private static CSharpCompilation CreateBase()
    {
        var compilation = CSharpCompilation.Create(
            "Tested",
            [CSharpSyntaxTree.ParseText(Usings, Options, "Usings.cs")],
            FindReferences(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        _ = compilation.GetDiagnostics();
        return compilation;
    }

    private static ImmutableArray<MetadataReference> FindReferences()
        => [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileName(file) is var name && (name.StartsWith("System.", StringComparison.Ordinal)
                || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
                || name.StartsWith("MessagePack", StringComparison.Ordinal)
                || name is "netstandard.dll" or "mscorlib.dll" or "Streams.Abstractions.dll"))
            .Select(file => MetadataReference.CreateFromFile(file))];
}
