using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Streams.Generators.Tests.Driving;

/// <summary>Compilations for driver tests.</summary>
internal static class Sources
{
    public static readonly CSharpParseOptions Options = new(LanguageVersion.Preview);

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using MessagePack;
        global using Streams;
        """;

    private static readonly Lazy<ImmutableArray<MetadataReference>> References = new(FindReferences);

    /// <summary>Makes a library of one tree per source, named Source0.cs and so on.</summary>
    public static CSharpCompilation Compile(string[] sources, string assembly = "Tested", params IEnumerable<MetadataReference> more)
        => CSharpCompilation.Create(
            assembly,
            [.. sources.Select(Parse), CSharpSyntaxTree.ParseText(Usings, Options, "Usings.cs")],
            [.. References.Value, .. more],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable,
                specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]));

    public static SyntaxTree Parse(string source, int index) => CSharpSyntaxTree.ParseText(source, Options, $"Source{index}.cs");

    public static CSharpGeneratorDriver Driver()
        => CSharpGeneratorDriver.Create(
            [
                new MessageGenerator().AsSourceGenerator(),
                new HandlerGenerator().AsSourceGenerator(),
                new RegistrationGenerator().AsSourceGenerator(),
            ],
            parseOptions: Options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Runs the generators once; what they add must compile without an error or warning.</summary>
    public static (GeneratorDriverRunResult Result, Compilation Compilation) Run(params string[] sources) => Run(Compile(sources));

    public static (GeneratorDriverRunResult Result, Compilation Compilation) Run(Compilation compilation)
    {
        var driver = Driver().RunGeneratorsAndUpdateCompilation(
            compilation, out var generated, out var diagnostics, TestContext.Current.CancellationToken);
        Assert.Empty(diagnostics);
        Assert.Empty(generated.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        return (driver.GetRunResult(), generated);
    }

    public static MetadataReference Emit(Compilation compilation)
    {
        using var image = new MemoryStream();
        var result = compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static ImmutableArray<MetadataReference> FindReferences()
        => [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileName(file) is var name && (name.StartsWith("System.", StringComparison.Ordinal)
                || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
                || name.StartsWith("MessagePack", StringComparison.Ordinal)
                || name is "netstandard.dll" or "mscorlib.dll" or "Streams.Abstractions.dll"))
            .Select(file => MetadataReference.CreateFromFile(file))];
}
