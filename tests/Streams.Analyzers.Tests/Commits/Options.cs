using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Streams.Analyzers.Tests.Commits;

/// <summary>Options as <c>.editorconfig</c> would say them, the same for every file.</summary>
internal sealed class Options : AnalyzerConfigOptionsProvider
{
    private readonly Values _values;

    private Options(Values values) => _values = values;

    public override AnalyzerConfigOptions GlobalOptions => _values;

    public static AnalyzerOptions From(params (string Key, string Value)[] values)
        => new([], new Options(new Values(values.ToImmutableDictionary(pair => pair.Key, pair => pair.Value))));

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => _values;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => _values;

    private sealed class Values(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
