using Microsoft.CodeAnalysis;

namespace Streams.Analyzers.Commits.Reading;

/// <summary>A handler class of a group.</summary>
/// <param name="Type">The class.</param>
/// <param name="Policy">The policy it names, or null.</param>
internal sealed record GroupClass(INamedTypeSymbol Type, GroupPolicy? Policy);
