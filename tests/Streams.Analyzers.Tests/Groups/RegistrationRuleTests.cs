using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Streams.Analyzers.Groups;

namespace Streams.Analyzers.Tests.Groups;

public sealed class RegistrationRuleTests
{
    private const string Handler = """
        [ConsumerGroup("g")] public sealed class H { public void Handle(M m) { } }
        public sealed class Builder { public Builder UseMemory() => this; public Builder AddHandlers() => this; }
        public static class Hosting { public static void AddStreams(this object host, Action<Builder>? configure = null) { } }

        """;

    [Theory]
    [InlineData("{|STRM0404:new object().AddStreams(streams => streams.UseMemory())|};")]
    [InlineData("{|STRM0404:new object().AddStreams()|};")]
    public Task Handlers_WhenTheApplicationForgetsThem_AreReported(string main) => VerifyAsync(main + Handler);

    [Fact]
    public Task Handlers_WhenThereIsNoHost_AreReportedAtTheFirst()
        => VerifyAsync("Console.WriteLine();" + Handler.Replace("class H ", "class {|STRM0404:H|} ", StringComparison.Ordinal));

    [Fact]
    public Task Handlers_WhenRegistered_AreSilent()
        => VerifyAsync("new object().AddStreams(streams => streams.UseMemory().AddHandlers());" + Handler);

    [Fact]
    public Task Handlers_InALibrary_AreSilent() => VerifyAsync(Handler, OutputKind.DynamicallyLinkedLibrary);

    private static async Task VerifyAsync(string marked, OutputKind kind = OutputKind.ConsoleApplication)
    {
        var markup = Markup.Parse(marked);
        var compilation = Verify.Supported.Value.WithOptions(Verify.Supported.Value.Options.WithOutputKind(kind))
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(markup.Source, Verify.Options, "Program.cs"));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));

        var found = await compilation
            .WithAnalyzers(ImmutableArray.Create<DiagnosticAnalyzer>(new RegistrationAnalyzer()))
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        Assert.Equal(markup.Expected, found.Select(diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan)));
        Assert.All(found, diagnostic
            => Assert.Contains("'H'", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }
}
