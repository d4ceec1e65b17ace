using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Streams.Shared;

namespace Streams.Analyzers;

/// <summary>Turns the issues of shared readers into diagnostics. A type inside two messages is read twice but reported once.</summary>
internal sealed class IssueReporter(IEnumerable<DiagnosticDescriptor> rules)
{
    private readonly Dictionary<string, DiagnosticDescriptor> _rules = rules.ToDictionary(rule => rule.Id, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Id, Location Where), bool> _reported = new();

    public void Report(IEnumerable<Issue> issues, Action<Diagnostic> report)
    {
        foreach (var issue in issues)
        {
            if (_reported.TryAdd((issue.Id, issue.Location), true))
            {
                report(Diagnostic.Create(_rules[issue.Id], issue.Location, issue.Arguments));
            }
        }
    }
}
