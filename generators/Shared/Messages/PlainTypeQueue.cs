using Microsoft.CodeAnalysis;

namespace Streams.Shared.Messages;

/// <summary>The plain types found inside a message, each once, in the order they were found, with the member that led to each.</summary>
internal sealed class PlainTypeQueue
{
    // Far above what anybody writes, and low enough for a type that contains ever larger versions of itself to stop soon.
    private const int NestingMax = 16;
    private const int SizeMax = 2_048;

    private readonly HashSet<ITypeSymbol> _known = new(SymbolEqualityComparer.Default);
    private readonly Queue<(INamedTypeSymbol Type, ISymbol? Origin)> _waiting = new();

    /// <summary>Adds a type and returns the name of its codec.</summary>
    public string Add(INamedTypeSymbol type, ISymbol? origin)
    {
        if (_known.Add(type))
        {
            _waiting.Enqueue((type, origin));
        }

        return "global::Streams.Generated." + CodecName(type);
    }

    /// <summary>Whether a generic type is still small enough: one that holds <c>Node&lt;List&lt;T&gt;&gt;</c> inside <c>Node&lt;T&gt;</c> never ends.</summary>
    public static bool IsBounded(ITypeSymbol type)
    {
        var left = SizeMax;
        return IsBounded(type, NestingMax, ref left);
    }

    public static string CodecName(INamedTypeSymbol type) => GeneratedNames.Identifier(type.FullName()) + "_Payload";

    public bool TryTake(out INamedTypeSymbol type, out ISymbol? origin)
    {
        (type, origin) = _waiting.Count > 0 ? _waiting.Dequeue() : (null!, null);
        return type is not null;
    }

    private static bool IsBounded(ITypeSymbol type, int nesting, ref int left)
    {
        if (nesting == 0 || left-- == 0)
        {
            return false;
        }

        if (type is IArrayTypeSymbol array)
        {
            return IsBounded(array.ElementType, nesting - 1, ref left);
        }

        for (var current = type as INamedTypeSymbol; current is not null; current = current.ContainingType)
        {
            foreach (var argument in current.TypeArguments)
            {
                if (!IsBounded(argument, nesting - 1, ref left))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
