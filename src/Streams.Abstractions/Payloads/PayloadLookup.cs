using System.Collections;

namespace Streams;

/// <summary>A lookup that was read: groupings in the order they came, found by key. Like the framework's own, a null key is a key.</summary>
internal sealed class PayloadLookup<TKey, TElement> : ILookup<TKey, TElement>
{
    private readonly IGrouping<TKey, TElement>[] _groupings;
    private readonly Dictionary<ValueTuple<TKey>, IGrouping<TKey, TElement>> _byKey = [];

    public PayloadLookup(IGrouping<TKey, TElement>[] groupings)
    {
        ArgumentNullException.ThrowIfNull(groupings);
        _groupings = groupings;
        foreach (var grouping in groupings)
        {
            // A tuple of one may hold null where a key of a dictionary may not.
            _byKey.Add(new(grouping.Key), grouping);
        }
    }

    public int Count => _groupings.Length;

    public IEnumerable<TElement> this[TKey key] => _byKey.TryGetValue(new(key), out var grouping) ? grouping : [];

    public bool Contains(TKey key) => _byKey.ContainsKey(new(key));

    public IEnumerator<IGrouping<TKey, TElement>> GetEnumerator() => _groupings.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
