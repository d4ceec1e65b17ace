using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Streams.Analyzers.Commits;

/// <summary>Collects what was found, each once for each place, however many ways lead there.</summary>
internal sealed class FindingSink
{
    private readonly Dictionary<(string Id, Location Where), Diagnostic> _found = [];

    public IEnumerable<Diagnostic> Found => _found.Values;

    public void Add(
        DiagnosticDescriptor rule, Location where, IEnumerable<Location> also, DiagnosticSeverity? severity, params object[] arguments)
    {
        if (!_found.ContainsKey((rule.Id, where)))
        {
            _found.Add((rule.Id, where), Diagnostic.Create(
                rule, where, severity ?? rule.DefaultSeverity, [.. also], ImmutableDictionary<string, string?>.Empty, arguments));
        }
    }

    public void Add(DiagnosticDescriptor rule, Location where, params object[] arguments) => Add(rule, where, [], null, arguments);

    public void AddAll(FindingSink other)
    {
        foreach (var pair in other._found)
        {
            _found[pair.Key] = pair.Value;
        }
    }

    /// <summary>Whether a rule was broken at a place.</summary>
    public bool Has(string id, Location where) => _found.ContainsKey((id, where));
}
