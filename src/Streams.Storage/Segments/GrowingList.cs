namespace Streams.Storage.Segments;

/// <summary>A list that one thread appends to while others read what was there when they asked. Nothing is ever removed or changed.</summary>
internal sealed class GrowingList<T>(int capacity)
    where T : struct
{
    private T[] _items = new T[capacity];
    private int _count;

    /// <summary>Gets what has been added so far.</summary>
    public ReadOnlySpan<T> Items
    {
        get
        {
            // The count first: an array read later holds at least as many.
            var count = Volatile.Read(ref _count);
            return Volatile.Read(ref _items).AsSpan(0, count);
        }
    }

    public int Count => Volatile.Read(ref _count);

    public void Add(T item)
    {
        var items = _items;
        if (_count == items.Length)
        {
            Array.Resize(ref items, Math.Max(16, 2 * items.Length));
            Volatile.Write(ref _items, items);
        }

        items[_count] = item;
        Volatile.Write(ref _count, _count + 1);
    }
}
