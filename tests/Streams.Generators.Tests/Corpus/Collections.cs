using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using MessagePack;

namespace Streams.Generators.Tests.Corpus;

[Message("corpus"), MessagePackObject]
public partial record OfIntArray(
    [property: Key(0)] int[]? Numbers,
    [property: Key(1)] string[]? Texts,
    [property: Key(2)] Plain?[]? Objects);

[Message("corpus"), MessagePackObject]
public partial record OfList(
    [property: Key(0)] List<int>? Numbers,
    [property: Key(1)] List<string>? Texts,
    [property: Key(2)] List<Plain?>? Objects);

[Message("corpus"), MessagePackObject]
public partial record OfIList(
    [property: Key(0)] IList<int>? Numbers,
    [property: Key(1)] IList<string>? Texts,
    [property: Key(2)] IList<Plain?>? Objects);

[Message("corpus"), MessagePackObject]
public partial record OfIReadOnlyList(
    [property: Key(0)] IReadOnlyList<int>? Numbers,
    [property: Key(1)] IReadOnlyList<string>? Texts,
    [property: Key(2)] IReadOnlyList<Plain?>? Objects);

[Message("corpus"), MessagePackObject]
public partial record OfICollection(
    [property: Key(0)] ICollection<int>? Numbers,
    [property: Key(1)] ICollection<string>? Texts,
    [property: Key(2)] ICollection<Plain?>? Objects);

[Message("corpus"), MessagePackObject]
public partial record OfIReadOnlyCollection(
    [property: Key(0)] IReadOnlyCollection<int>? Numbers,
    [property: Key(1)] IReadOnlyCollection<string>? Texts,
    [property: Key(2)] IReadOnlyCollection<Plain?>? Objects);

[Message("corpus"), MessagePackObject]
public partial record OfIEnumerable(
    [property: Key(0)] IEnumerable<int>? Numbers,
    [property: Key(1)] IEnumerable<string>? Texts,
    [property: Key(2)] IEnumerable<Plain?>? Objects);

[Message("corpus"), MessagePackObject]
public partial record OfISet(
    [property: Key(0)] ISet<int>? Numbers,
    [property: Key(1)] ISet<string>? Texts,
    [property: Key(2)] ISet<Plain?>? Objects);

[Message("corpus"), MessagePackObject]
public partial record OfIReadOnlySet(
    [property: Key(0)] IReadOnlySet<int>? Numbers,
    [property: Key(1)] IReadOnlySet<string>? Texts,
    [property: Key(2)] IReadOnlySet<Plain?>? Objects);

[Message("corpus"), MessagePackObject]
public partial record OfHashSet(
    [property: Key(0)] HashSet<int>? Numbers,
    [property: Key(1)] HashSet<string>? Texts,
    [property: Key(2)] HashSet<Plain?>? Objects);

[Message("corpus"), MessagePackObject]
public partial record OfSortedSet(
    [property: Key(0)] SortedSet<int>? Numbers,
    [property: Key(1)] SortedSet<string>? Texts,
    [property: Key(2)] SortedSet<Guid>? Objects);

[Message("corpus"), MessagePackObject]
public partial record OfCollection(
    [property: Key(0)] Collection<int>? Numbers,
    [property: Key(1)] Collection<string>? Texts,
    [property: Key(2)] Collection<Plain?>? Objects);

[Message("corpus"), MessagePackObject]
public partial record OfObservableCollection(
    [property: Key(0)] ObservableCollection<int>? Numbers,
    [property: Key(1)] ObservableCollection<string>? Texts,
    [property: Key(2)] ObservableCollection<Plain?>? Objects);

[Message("corpus"), MessagePackObject]
public partial record OfReadOnlyCollection(
    [property: Key(0)] ReadOnlyCollection<int>? Numbers,
    [property: Key(1)] ReadOnlyCollection<string>? Texts,
    [property: Key(2)] ReadOnlyCollection<Plain?>? Objects);

[Message("corpus"), MessagePackObject]
public partial record OfQueue(
    [property: Key(0)] Queue<int>? Numbers,
    [property: Key(1)] Queue<string>? Texts,
    [property: Key(2)] Queue<Plain?>? Objects);

[Message("corpus"), MessagePackObject]
public partial record OfStack(
    [property: Key(0)] Stack<int>? Numbers,
    [property: Key(1)] Stack<string>? Texts,
    [property: Key(2)] Stack<Plain?>? Objects);

[Message("corpus"), MessagePackObject]
public partial record OfLinkedList(
    [property: Key(0)] LinkedList<int>? Numbers,
    [property: Key(1)] LinkedList<string>? Texts,
    [property: Key(2)] LinkedList<Plain?>? Objects);

[Message("corpus"), MessagePackObject]
public partial record OfImmutableArray(
    [property: Key(0)] ImmutableArray<int> Numbers,
    [property: Key(1)] ImmutableArray<string> Texts,
    [property: Key(2)] ImmutableArray<Plain?> Objects);

[Message("corpus"), MessagePackObject]
public partial record OfImmutableList(
    [property: Key(0)] ImmutableList<int>? Numbers,
    [property: Key(1)] ImmutableList<string>? Texts,
    [property: Key(2)] ImmutableList<Plain?>? Objects);

[Message("corpus"), MessagePackObject]
public partial record OfImmutableHashSet(
    [property: Key(0)] ImmutableHashSet<int>? Numbers,
    [property: Key(1)] ImmutableHashSet<string>? Texts,
    [property: Key(2)] ImmutableHashSet<Plain?>? Objects);

[Message("corpus"), MessagePackObject]
public partial record OfImmutableSortedSet(
    [property: Key(0)] ImmutableSortedSet<int>? Numbers,
    [property: Key(1)] ImmutableSortedSet<string>? Texts,
    [property: Key(2)] ImmutableSortedSet<Guid>? Objects);

[Message("corpus"), MessagePackObject]
public partial record OfDictionary(
    [property: Key(0)] Dictionary<int, string?>? Texts,
    [property: Key(1)] Dictionary<string, Plain>? Objects,
    [property: Key(2)] Dictionary<Guid, List<int?>>? Lists);

[Message("corpus"), MessagePackObject]
public partial record OfIDictionary(
    [property: Key(0)] IDictionary<int, string?>? Texts,
    [property: Key(1)] IDictionary<string, Plain>? Objects,
    [property: Key(2)] IDictionary<Guid, List<int?>>? Lists);

[Message("corpus"), MessagePackObject]
public partial record OfIReadOnlyDictionary(
    [property: Key(0)] IReadOnlyDictionary<int, string?>? Texts,
    [property: Key(1)] IReadOnlyDictionary<string, Plain>? Objects,
    [property: Key(2)] IReadOnlyDictionary<Guid, List<int?>>? Lists);

[Message("corpus"), MessagePackObject]
public partial record OfSortedDictionary(
    [property: Key(0)] SortedDictionary<int, string?>? Texts,
    [property: Key(1)] SortedDictionary<string, Plain>? Objects,
    [property: Key(2)] SortedDictionary<Guid, List<int?>>? Lists);

[Message("corpus"), MessagePackObject]
public partial record OfSortedList(
    [property: Key(0)] SortedList<int, string?>? Texts,
    [property: Key(1)] SortedList<string, Plain>? Objects,
    [property: Key(2)] SortedList<Guid, List<int?>>? Lists);

[Message("corpus"), MessagePackObject]
public partial record OfReadOnlyDictionary(
    [property: Key(0)] ReadOnlyDictionary<int, string?>? Texts,
    [property: Key(1)] ReadOnlyDictionary<string, Plain>? Objects,
    [property: Key(2)] ReadOnlyDictionary<Guid, List<int?>>? Lists);

[Message("corpus"), MessagePackObject]
public partial record OfConcurrentDictionary(
    [property: Key(0)] ConcurrentDictionary<int, string?>? Texts,
    [property: Key(1)] ConcurrentDictionary<string, Plain>? Objects,
    [property: Key(2)] ConcurrentDictionary<Guid, List<int?>>? Lists);

[Message("corpus"), MessagePackObject]
public partial record OfImmutableDictionary(
    [property: Key(0)] ImmutableDictionary<int, string?>? Texts,
    [property: Key(1)] ImmutableDictionary<string, Plain>? Objects,
    [property: Key(2)] ImmutableDictionary<Guid, List<int?>>? Lists);

[Message("corpus"), MessagePackObject]
public partial record OfImmutableSortedDictionary(
    [property: Key(0)] ImmutableSortedDictionary<int, string?>? Texts,
    [property: Key(1)] ImmutableSortedDictionary<string, Plain>? Objects,
    [property: Key(2)] ImmutableSortedDictionary<Guid, List<int?>>? Lists);
