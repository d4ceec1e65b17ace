using Microsoft.CodeAnalysis;

namespace Streams.Shared;

/// <summary>Something a reader found wrong: which rule, where, and what goes into the rule's message. Analyzers report it; generators never look.</summary>
internal sealed class Issue(string id, Location location, params object[] arguments)
{
    public string Id { get; } = id;

    public Location Location { get; } = location;

    public object[] Arguments { get; } = arguments;
}
