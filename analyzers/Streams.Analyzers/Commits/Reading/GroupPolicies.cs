using Microsoft.CodeAnalysis;
using Streams.Shared;

namespace Streams.Analyzers.Commits.Reading;

/// <summary>
/// The groups of a compilation and the policies their classes name. A class that names none takes that of its group's other classes, so
/// those have to be known; they are looked for once, and only if somebody asks.
/// </summary>
internal sealed class GroupPolicies(Compilation compilation)
{
    private readonly Lazy<ILookup<string, GroupClass>> _classes = new(() => Find(compilation));

    /// <summary>The policy a class works under.</summary>
    public GroupPolicy PolicyOf(AttributeData group)
        => NamedPolicy(group)
            ?? ClassesOf(group.Positional<string>(0) ?? "").Select(known => known.Policy).FirstOrDefault(policy => policy is not null)
            ?? GroupPolicy.Auto;

    /// <summary>The classes of a group, by name.</summary>
    public IEnumerable<GroupClass> ClassesOf(string groupId) => _classes.Value[groupId];

    /// <summary>The policy an attribute names, or null.</summary>
    public static GroupPolicy? NamedPolicy(AttributeData group)
        => group.NamedArguments.Any(argument => argument.Key == "Commit") ? (GroupPolicy)group.Named<int>("Commit") : null;

    private static ILookup<string, GroupClass> Find(Compilation compilation)
        => Types(compilation.Assembly.GlobalNamespace)
            .Select(type => (Type: type, Group: type.FindAttribute(WellKnownNames.ConsumerGroupAttribute)))
            .Where(pair => pair.Group is not null)
            .OrderBy(pair => pair.Type.ToDisplayString(), StringComparer.Ordinal)
            .ToLookup(
                pair => pair.Group!.Positional<string>(0) ?? "",
                pair => new GroupClass(pair.Type, NamedPolicy(pair.Group!)),
                StringComparer.Ordinal);

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container)
        => container.GetMembers().OfType<INamespaceOrTypeSymbol>()
            .SelectMany(member => member is INamedTypeSymbol type ? Types(member).Prepend(type) : Types(member));
}
