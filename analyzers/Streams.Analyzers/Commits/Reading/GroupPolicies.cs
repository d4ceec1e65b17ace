using Microsoft.CodeAnalysis;
using Streams.Shared;

namespace Streams.Analyzers.Commits.Reading;

/// <summary>
/// The policies of a compilation's groups. A class that names none takes that of its group's other classes, so those have to be known;
/// they are looked for once, and only if some class names none.
/// </summary>
internal sealed class GroupPolicies(Compilation compilation)
{
    private readonly Lazy<Dictionary<string, GroupPolicy>> _named = new(() => FindNamed(compilation));

    /// <summary>The policy a class works under.</summary>
    public GroupPolicy PolicyOf(AttributeData group)
        => NamedPolicy(group)
            ?? (_named.Value.TryGetValue(group.Positional<string>(0) ?? "", out var policy) ? policy : GroupPolicy.Auto);

    /// <summary>The policy an attribute names, or null.</summary>
    public static GroupPolicy? NamedPolicy(AttributeData group)
        => group.NamedArguments.Any(argument => argument.Key == "Commit") ? (GroupPolicy)group.Named<int>("Commit") : null;

    private static Dictionary<string, GroupPolicy> FindNamed(Compilation compilation)
    {
        var policies = new Dictionary<string, GroupPolicy>(StringComparer.Ordinal);
        foreach (var group in Types(compilation.Assembly.GlobalNamespace)
            .Select(type => type.FindAttribute(WellKnownNames.ConsumerGroupAttribute)))
        {
            if (group is not null && NamedPolicy(group) is { } policy && group.Positional<string>(0) is { } id && !policies.ContainsKey(id))
            {
                policies.Add(id, policy);
            }
        }

        return policies;
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container)
        => container.GetMembers().OfType<INamespaceOrTypeSymbol>()
            .SelectMany(member => member is INamedTypeSymbol type ? Types(member).Prepend(type) : Types(member));
}
