using Microsoft.CodeAnalysis;

namespace Streams.Shared.Messages;

/// <summary>The plain types found inside a message, each once, in the order they were found.</summary>
internal sealed class PlainTypeQueue
{
    private readonly HashSet<ITypeSymbol> _known = new(SymbolEqualityComparer.Default);
    private readonly Queue<INamedTypeSymbol> _waiting = new();

    /// <summary>Adds a type and returns the name of its codec.</summary>
    public string Add(INamedTypeSymbol type)
    {
        if (_known.Add(type))
        {
            _waiting.Enqueue(type);
        }

        return "global::Streams.Generated." + CodecName(type);
    }

    public static string CodecName(INamedTypeSymbol type) => GeneratedNames.Identifier(type.FullName()) + "_Payload";

    public bool TryTake(out INamedTypeSymbol type)
    {
        if (_waiting.Count == 0)
        {
            type = null!;
            return false;
        }

        type = _waiting.Dequeue();
        return true;
    }
}
