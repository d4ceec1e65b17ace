using Microsoft.CodeAnalysis;

namespace Streams.Analyzers.Handlers;

/// <summary>Who handles which message in which group, over all classes of a compilation. Thread-safe.</summary>
internal sealed class GroupMembers
{
    private readonly Dictionary<(string Group, string Message), INamedTypeSymbol> _first = [];

    /// <summary>Adds a handler; returns the class to complain about where there are two: always the later by name, whoever came first.</summary>
    public INamedTypeSymbol? Join(string group, string message, INamedTypeSymbol type)
    {
        lock (_first)
        {
            if (!_first.TryGetValue((group, message), out var known))
            {
                _first.Add((group, message), type);
                return null;
            }

            if (string.CompareOrdinal(known.ToDisplayString(), type.ToDisplayString()) < 0)
            {
                return type;
            }

            _first[(group, message)] = type;
            return known;
        }
    }
}
