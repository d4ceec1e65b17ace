using Microsoft.CodeAnalysis;

namespace Streams.Shared.Messages;

/// <summary>The collections that MessagePack's StandardResolver lays out as arrays and maps.</summary>
internal static class CollectionTypes
{
    private static readonly Dictionary<string, SequenceShape> Sequences = new(StringComparer.Ordinal)
    {
        ["System.Collections.Generic.List<T>"] = SequenceShape.List,
        ["System.Collections.Generic.IList<T>"] = SequenceShape.IndexedInterface,
        ["System.Collections.Generic.IReadOnlyList<T>"] = SequenceShape.IndexedInterface,
        ["System.Collections.Generic.ICollection<T>"] = SequenceShape.CountedInterface,
        ["System.Collections.Generic.IReadOnlyCollection<T>"] = SequenceShape.CountedInterface,
        ["System.Collections.Generic.IEnumerable<T>"] = SequenceShape.Enumerable,
        ["System.Collections.Generic.ISet<T>"] = SequenceShape.SetInterface,
        ["System.Collections.Generic.IReadOnlySet<T>"] = SequenceShape.SetInterface,
        ["System.Collections.Generic.HashSet<T>"] = SequenceShape.Added,
        ["System.Collections.Generic.SortedSet<T>"] = SequenceShape.Added,
        ["System.Collections.ObjectModel.Collection<T>"] = SequenceShape.IndexedClass,
        ["System.Collections.ObjectModel.ObservableCollection<T>"] = SequenceShape.IndexedClass,
        ["System.Collections.Generic.Queue<T>"] = SequenceShape.Copied,
        ["System.Collections.Generic.LinkedList<T>"] = SequenceShape.Copied,
        ["System.Collections.ObjectModel.ReadOnlyCollection<T>"] = SequenceShape.Wrapper,
        ["System.Collections.Generic.Stack<T>"] = SequenceShape.Stack,
        ["System.Collections.Immutable.ImmutableArray<T>"] = SequenceShape.ImmutableArray,
        ["System.Collections.Immutable.ImmutableList<T>"] = SequenceShape.Immutable,
        ["System.Collections.Immutable.ImmutableHashSet<T>"] = SequenceShape.Immutable,
        ["System.Collections.Immutable.ImmutableSortedSet<T>"] = SequenceShape.Immutable,
    };

    private static readonly Dictionary<string, MapShape> Maps = new(StringComparer.Ordinal)
    {
        ["System.Collections.Generic.Dictionary<TKey, TValue>"] = MapShape.Dictionary,
        ["System.Collections.Generic.IDictionary<TKey, TValue>"] = MapShape.Interface,
        ["System.Collections.Generic.IReadOnlyDictionary<TKey, TValue>"] = MapShape.Interface,
        ["System.Collections.Generic.SortedDictionary<TKey, TValue>"] = MapShape.Added,
        ["System.Collections.Generic.SortedList<TKey, TValue>"] = MapShape.Added,
        ["System.Collections.ObjectModel.ReadOnlyDictionary<TKey, TValue>"] = MapShape.Copied,
        ["System.Collections.Concurrent.ConcurrentDictionary<TKey, TValue>"] = MapShape.Copied,
        ["System.Collections.Immutable.ImmutableDictionary<TKey, TValue>"] = MapShape.Immutable,
        ["System.Collections.Immutable.ImmutableSortedDictionary<TKey, TValue>"] = MapShape.Immutable,
    };

    public static SequenceShape? FindSequence(INamedTypeSymbol type)
        => type.Arity == 1 && Sequences.TryGetValue(type.OriginalDefinition.ToDisplayString(), out var shape) ? shape : null;

    public static MapShape? FindMap(INamedTypeSymbol type)
        => type.Arity == 2 && Maps.TryGetValue(type.OriginalDefinition.ToDisplayString(), out var shape) ? shape : null;

    /// <summary>The accessors of a pair or tuple of at most seven items.</summary>
    public static string[]? FindTuple(INamedTypeSymbol type)
    {
        if (type.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true }
            && type.Name is ("Tuple" or "ValueTuple") && type.Arity is >= 1 and <= 7)
        {
            return Enumerable.Range(1, type.Arity).Select(number => "Item" + number).ToArray();
        }

        return type.Arity == 2 && type.Is("System.Collections.Generic.KeyValuePair<TKey, TValue>") ? ["Key", "Value"] : null;
    }
}
