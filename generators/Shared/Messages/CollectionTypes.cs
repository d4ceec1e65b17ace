using Microsoft.CodeAnalysis;

namespace Streams.Shared.Messages;

/// <summary>The collections that MessagePack's StandardResolver lays out as arrays and maps.</summary>
internal static class CollectionTypes
{
    private const string Generic = "System.Collections.Generic.";
    private const string ObjectModel = "System.Collections.ObjectModel.";
    private const string Immutable = "System.Collections.Immutable.";
    private const string Concurrent = "System.Collections.Concurrent.";
    private const string New = "new {0}(result)";

    /// <summary>An array of one dimension.</summary>
    public static readonly SequencePlan Array = new(SequenceWalk.Span, SequenceBuild.Array);

    public static readonly SequencePlan Enumerable = new(SequenceWalk.Enumerable, SequenceBuild.Array);

    public static readonly SequencePlan PriorityQueue = new(
        SequenceWalk.Count, SequenceBuild.Array, Items: "value.UnorderedItems", Result: New);

    public static readonly SequencePlan Lookup = new(
        SequenceWalk.Count, SequenceBuild.Array, Result: "global::Streams.PayloadCollections.NewLookup(result)");

    private static readonly SequencePlan Indexed = new(SequenceWalk.Index, SequenceBuild.List);
    private static readonly SequencePlan Counted = new(SequenceWalk.CountedInterface, SequenceBuild.List);
    private static readonly SequencePlan Set = new(SequenceWalk.SetInterface, SequenceBuild.Set);
    private static readonly SequencePlan Added = new(SequenceWalk.Count, SequenceBuild.Itself);
    private static readonly SequencePlan AddedByIndex = new(SequenceWalk.Index, SequenceBuild.Itself);
    private static readonly SequencePlan Copied = new(SequenceWalk.Count, SequenceBuild.Array, Result: New);

    // Others may change it while it is written: what the header says must be what follows.
    private static readonly SequencePlan Snapshot = new(SequenceWalk.Span, SequenceBuild.Array, Items: "value.ToArray()", Result: New);

    private static readonly Dictionary<string, SequencePlan> Sequences = new(StringComparer.Ordinal)
    {
        [Generic + "List<T>"] = new(
            SequenceWalk.Span, SequenceBuild.List, Items: "global::System.Runtime.InteropServices.CollectionsMarshal.AsSpan(value)"),
        [Generic + "IList<T>"] = Indexed,
        [Generic + "IReadOnlyList<T>"] = Indexed,
        [Generic + "ICollection<T>"] = Counted,
        [Generic + "IReadOnlyCollection<T>"] = Counted,
        [Generic + "IEnumerable<T>"] = Enumerable,
        [Generic + "ISet<T>"] = Set,
        [Generic + "IReadOnlySet<T>"] = Set,
        [Generic + "HashSet<T>"] = new(SequenceWalk.Count, SequenceBuild.Set),
        [Generic + "SortedSet<T>"] = Added,
        [Generic + "Queue<T>"] = Copied,
        [Generic + "LinkedList<T>"] = Copied,
        [Generic + "Stack<T>"] = new(SequenceWalk.Count, SequenceBuild.ReversedArray, Result: New),
        [ObjectModel + "Collection<T>"] = AddedByIndex,
        [ObjectModel + "ObservableCollection<T>"] = AddedByIndex,
        [ObjectModel + "ReadOnlyCollection<T>"] = new(SequenceWalk.Index, SequenceBuild.Array, Result: New),
        [ObjectModel + "ReadOnlyObservableCollection<T>"] = new(
            SequenceWalk.Index,
            SequenceBuild.Array,
            Result: "new {0}(new global::System.Collections.ObjectModel.ObservableCollection<{1}>(result))"),
        [ObjectModel + "ReadOnlySet<T>"] = new(SequenceWalk.Count, SequenceBuild.Set, Result: New),
        [Concurrent + "ConcurrentBag<T>"] = Snapshot,
        [Concurrent + "ConcurrentQueue<T>"] = Snapshot,
        [Concurrent + "ConcurrentStack<T>"] = Snapshot with { Build = SequenceBuild.ReversedArray },
        [Immutable + "ImmutableArray<T>"] = new(
            SequenceWalk.Span,
            SequenceBuild.Array,
            Items: "value.AsSpan()",
            Result: "global::System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(result)",
            Nil: "value.IsDefault",
            ReadsNil: true),
        [Immutable + "ImmutableList<T>"] = MadeBy("ImmutableList"),
        [Immutable + "ImmutableHashSet<T>"] = MadeBy("ImmutableHashSet"),
        [Immutable + "ImmutableSortedSet<T>"] = MadeBy("ImmutableSortedSet"),
        [Immutable + "ImmutableQueue<T>"] = MadeBy("ImmutableQueue") with { Walk = SequenceWalk.Twice },
        [Immutable + "ImmutableStack<T>"] = MadeBy("ImmutableStack") with
        {
            Walk = SequenceWalk.Twice, Build = SequenceBuild.ReversedArray,
        },
        [Immutable + "IImmutableList<T>"] = MadeBy("ImmutableList"),
        [Immutable + "IImmutableSet<T>"] = MadeBy("ImmutableHashSet"),
        [Immutable + "IImmutableQueue<T>"] = MadeBy("ImmutableQueue") with { Walk = SequenceWalk.Twice },
        [Immutable + "IImmutableStack<T>"] = MadeBy("ImmutableStack") with
        {
            Walk = SequenceWalk.Twice, Build = SequenceBuild.ReversedArray,
        },
        ["System.Collections.Frozen.FrozenSet<T>"] = new(
            SequenceWalk.Count, SequenceBuild.Array, Result: "global::System.Collections.Frozen.FrozenSet.ToFrozenSet<{1}>(result)"),
        ["System.ArraySegment<T>"] = new(
            SequenceWalk.Span, SequenceBuild.Array, Items: "global::System.MemoryExtensions.AsSpan<{1}>(value)", Result: New,
            Nil: "value.Array is null", ReadsNil: true),
        ["System.Memory<T>"] = new(SequenceWalk.Span, SequenceBuild.Array, Items: "value.Span", ReadsNil: true),
        ["System.ReadOnlyMemory<T>"] = new(SequenceWalk.Span, SequenceBuild.Array, Items: "value.Span", ReadsNil: true),
        ["System.Buffers.ReadOnlySequence<T>"] = new(SequenceWalk.Segments, SequenceBuild.Array, Result: New),
    };

    private static readonly Dictionary<string, MapPlan> Maps = new(StringComparer.Ordinal)
    {
        [Generic + "Dictionary<TKey, TValue>"] = new(),
        [Generic + "IDictionary<TKey, TValue>"] = new(IsInterface: true),
        [Generic + "IReadOnlyDictionary<TKey, TValue>"] = new(IsInterface: true),
        [Generic + "SortedDictionary<TKey, TValue>"] = new(IsItself: true),
        [Generic + "SortedList<TKey, TValue>"] = new(IsItself: true),
        [Generic + "OrderedDictionary<TKey, TValue>"] = new(IsItself: true),
        [ObjectModel + "ReadOnlyDictionary<TKey, TValue>"] = new(Result: New),
        [Concurrent + "ConcurrentDictionary<TKey, TValue>"] = new(Items: "value.ToArray()", CountName: "Length", Result: New),
        [Immutable + "ImmutableDictionary<TKey, TValue>"] = MapMadeBy("ImmutableDictionary"),
        [Immutable + "ImmutableSortedDictionary<TKey, TValue>"] = MapMadeBy("ImmutableSortedDictionary"),
        [Immutable + "IImmutableDictionary<TKey, TValue>"] = MapMadeBy("ImmutableDictionary"),
        ["System.Collections.Frozen.FrozenDictionary<TKey, TValue>"] = new(
            Result: "global::System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary<{1}, {2}>(result)"),
    };

    public static SequencePlan? FindSequence(INamedTypeSymbol type)
        => type.Arity == 1 && Sequences.TryGetValue(type.OriginalDefinition.ToDisplayString(), out var plan) ? plan : null;

    public static MapPlan? FindMap(INamedTypeSymbol type)
        => type.Arity == 2 && Maps.TryGetValue(type.OriginalDefinition.ToDisplayString(), out var plan) ? plan : null;

    /// <summary>The accessors of a pair or tuple; the eighth item of a tuple is a tuple of the rest.</summary>
    public static string[]? FindTuple(INamedTypeSymbol type)
    {
        if (type.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true }
            && type.Name is ("Tuple" or "ValueTuple") && type.Arity >= 1)
        {
            return System.Linq.Enumerable.Range(1, type.Arity).Select(number => number == 8 ? "Rest" : "Item" + number).ToArray();
        }

        return type.Arity == 2 && type.Is("System.Collections.Generic.KeyValuePair<TKey, TValue>") ? ["Key", "Value"] : null;
    }

    private static SequencePlan MadeBy(string factory)
        => new(SequenceWalk.Count, SequenceBuild.Array, Result: $"global::{Immutable}{factory}.Create<{{1}}>(result)");

    private static MapPlan MapMadeBy(string factory) => new(Result: $"global::{Immutable}{factory}.CreateRange<{{1}}, {{2}}>(result)");
}
