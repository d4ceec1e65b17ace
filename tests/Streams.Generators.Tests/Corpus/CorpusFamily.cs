using System.Text.RegularExpressions;

namespace Streams.Generators.Tests.Corpus;

/// <summary>Containers that stand together in one contract. In their texts T is the kind, N the kind or null, and K the kind as a key.</summary>
/// <param name="Name">What the contract's name ends with.</param>
/// <param name="Containers">The types of its members.</param>
/// <param name="Needs">What a kind must be for them.</param>
/// <param name="IsNew">Whether MessagePack knows them since 3.x only.</param>
/// <param name="IsUnordered">Whether their order depends on how they were filled, so that even MessagePack does not repeat itself.</param>
/// <param name="Allocates">Whether their own enumerators allocate when they are written.</param>
internal sealed partial record CorpusFamily(
    string Name,
    string[] Containers,
    Func<CorpusKind, bool>? Needs = null,
    bool IsNew = false,
    bool IsUnordered = false,
    bool Allocates = false)
{
    public static readonly CorpusFamily[] All =
    [
        new("Plain", ["T", "N", "T[]", "N[]", "List<T>", "List<N>", "T[][]", "List<T[]>", "ImmutableArray<T>", "ImmutableArray<N>?"]),
        new("Interfaces", ["IList<T>", "IReadOnlyList<N>", "ICollection<T>", "IReadOnlyCollection<N>", "IEnumerable<T>", "IEnumerable<N>"]),
        new("Wrapped", ["Collection<T>", "ObservableCollection<N>", "ReadOnlyCollection<T>", "ReadOnlyObservableCollection<N>", "Queue<T>",
            "Stack<N>", "LinkedList<T>", "Lazy<N>"]),
        new("Grids", ["T[,]", "N[,]", "T[,,]", "T[,,,]", "T[][,]", "N[,][]"]),
        new("Segments", ["Memory<N>", "ReadOnlyMemory<N>", "ArraySegment<N>", "ReadOnlySequence<N>", "ArraySegment<N>?"]),
        new("Trees", ["ImmutableList<T>", "ImmutableQueue<N>", "ImmutableStack<T>", "IImmutableList<N>", "IImmutableQueue<T>",
            "IImmutableStack<N>"], Allocates: true),
        new("Maps", ["Dictionary<string, T>", "IDictionary<int, N>", "IReadOnlyDictionary<Guid, T>", "Dictionary<int, List<T>>"]),
        new("OtherMaps", ["SortedDictionary<string, N>", "SortedList<int, T>", "ReadOnlyDictionary<long, N>", "ImmutableDictionary<int, N>",
            "ImmutableSortedDictionary<int, T>", "IImmutableDictionary<int, T>"], Allocates: true),
        new("Tuples", ["(T, N)", "Tuple<T, N>", "KeyValuePair<string, T>", "KeyValuePair<int, N>", "(int, (T, N))?",
            "(T, int, int, int, int, int, int, N, T)", "Tuple<T, N, int, int, int, int, int, Tuple<T>>"]),
        new("Keys", ["Dictionary<K, int>", "IReadOnlyDictionary<K, N>", "HashSet<T>", "ISet<N>", "IReadOnlySet<T>"], kind => kind.IsKey),
        new("Lookups", ["ILookup<int, N>", "ILookup<T, int>", "IGrouping<N, string>", "IGrouping<int, T>"], kind => kind.IsKey,
            Allocates: true),
        new("Hashed", ["ImmutableHashSet<T>", "IImmutableSet<T>", "ImmutableDictionary<K, int>"], kind => kind.IsKey, IsUnordered: true,
            Allocates: true),
        new("Sorted", ["SortedSet<T>", "ImmutableSortedSet<T>", "SortedDictionary<K, string>", "SortedList<K, N>",
            "ImmutableSortedDictionary<K, int>"], kind => kind.IsComparable, Allocates: true),
        new("Concurrent", ["ConcurrentBag<T>", "ConcurrentQueue<N>", "ConcurrentStack<T>", "ConcurrentDictionary<int, T>"],
            IsUnordered: true, Allocates: true),
        new("Newer", ["ReadOnlySet<T>", "OrderedDictionary<K, N>", "PriorityQueue<N, int>"], kind => kind.IsKey, IsNew: true,
            Allocates: true),
        new("Frozen", ["FrozenSet<T>", "FrozenDictionary<K, N>"], kind => kind.IsKey, IsNew: true, IsUnordered: true, Allocates: true),
    ];

    /// <summary>Gets whether a kind can stand in these containers.</summary>
    public bool Takes(CorpusKind kind) => Needs?.Invoke(kind) ?? true;

    /// <summary>
    /// The types of a contract's members. A few kinds, one for each way to write, stand in every container; the others in every third,
    /// in turn, so that every container meets many of them.
    /// </summary>
    public string[] TypesFor(CorpusKind kind)
    {
        var number = Array.IndexOf(CorpusKind.All, kind);
        var chosen = Containers.Where((_, index) => kind.IsCore || (index + number) % 3 == 0).ToArray();
        return [.. (chosen.Length > 0 ? chosen : [Containers[number % Containers.Length]]).Select(container => TypeOf(container, kind))];
    }

    private static string TypeOf(string container, CorpusKind kind)
        => string.Concat(Placeholder().Split(container).Select(part => part switch
        {
            "T" or "K" => kind.Type,
            "N" => kind.Type + "?",
            _ => part,
        }));

    [GeneratedRegex(@"\b([TNK])\b")]
    private static partial Regex Placeholder();
}
