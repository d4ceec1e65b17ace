using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace Streams.Analyzers.Commits.Flow;

/// <summary>The summaries of a compilation's methods. One for each compilation, since it holds symbols. Thread-safe.</summary>
internal sealed class SummaryCache
{
    private readonly ConcurrentDictionary<(IMethodSymbol Method, int Depth), Summary?> _known = new();

    public Summary? GetOrAdd(IMethodSymbol method, int depth, Func<Summary?> find)
    {
        if (!_known.TryGetValue((method, depth), out var summary))
        {
            summary = find();
            _known.TryAdd((method, depth), summary);
        }

        return summary;
    }
}
