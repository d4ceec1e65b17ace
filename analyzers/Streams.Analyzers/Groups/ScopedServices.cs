using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Streams.Analyzers.Groups;

/// <summary>
/// Which services live as long as a scope: database contexts, and what this compilation registers with <c>AddScoped</c>. Registrations are
/// looked for by name, once, and only if there is a singleton handler.
/// </summary>
internal sealed class ScopedServices(Compilation compilation)
{
    private readonly Lazy<HashSet<string>> _registered = new(() => FindRegistered(compilation));

    public bool IsScoped(ITypeSymbol service)
    {
        for (var type = service; type is not null; type = type.BaseType)
        {
            if (type.Name == "DbContext" && type.ContainingNamespace.ToDisplayString() == "Microsoft.EntityFrameworkCore")
            {
                return true;
            }
        }

        return _registered.Value.Contains(service.Name);
    }

    private static HashSet<string> FindRegistered(Compilation compilation)
        => new(
            compilation.SyntaxTrees
                .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<GenericNameSyntax>())
                .Where(name => name.Identifier.ValueText is "AddScoped" or "TryAddScoped")
                .Select(name => name.TypeArgumentList.Arguments[0] switch
                {
                    SimpleNameSyntax simple => simple.Identifier.ValueText,
                    QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
                    AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
                    var other => other.ToString(),
                }),
            StringComparer.Ordinal);
}
