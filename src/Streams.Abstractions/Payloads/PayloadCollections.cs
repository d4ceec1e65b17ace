using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MessagePack;

namespace Streams;

/// <summary>What generated readers call to build collections. None of them reserves more than a page on the word of a header.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PayloadCollections
{
    /// <summary>Returns the capacity to begin a collection with: what the header says, but not more than a page on its word alone.</summary>
    /// <param name="count">What the header says.</param>
    /// <typeparam name="T">The element.</typeparam>
    public static int Capacity<T>(int count) => Math.Min(count, Math.Max(4, PayloadLimits.ReservedBytesMax / Unsafe.SizeOf<T>()));

    /// <summary>Begins an array of <paramref name="count"/> elements, which <see cref="Grow"/> makes as long as that once they arrive.</summary>
    /// <param name="count">What the header says.</param>
    /// <typeparam name="T">The element.</typeparam>
    public static T[] NewArray<T>(int count) => count == 0 ? [] : new T[Capacity<T>(count)];

    /// <summary>Makes room for more elements; at the end the array has exactly <paramref name="count"/>.</summary>
    /// <param name="array">The full array; replaced.</param>
    /// <param name="count">What the header says.</param>
    /// <typeparam name="T">The element.</typeparam>
    public static void Grow<T>(ref T[] array, int count)
    {
        ArgumentNullException.ThrowIfNull(array);
        Array.Resize(ref array, (int)Math.Min(count, 2L * array.Length));
    }

    /// <summary>Reads the header of the elements of an array of several dimensions, whose number must be the product of its lengths.</summary>
    /// <param name="reader">The reader, behind the lengths.</param>
    /// <param name="length0">The first length.</param>
    /// <param name="length1">The second length.</param>
    /// <param name="length2">The third length, or 1.</param>
    /// <param name="length3">The fourth length, or 1.</param>
    public static int ReadGridHeader(ref MessagePackReader reader, int length0, int length1, int length2 = 1, int length3 = 1)
    {
        var count = reader.ReadArrayHeader();
        return Math.Min(Math.Min(length0, length1), Math.Min(length2, length3)) >= 0
            && (Int128)length0 * length1 * length2 * length3 == count
                ? count
                : throw new MessagePackSerializationException(
                    $"the {count} elements do not fill an array of {length0} x {length1} x {length2} x {length3}.");
    }

    /// <summary>Shapes elements into an array of two dimensions.</summary>
    /// <param name="items">The elements, row by row.</param>
    /// <param name="length0">The first length.</param>
    /// <param name="length1">The second length.</param>
    /// <typeparam name="T">The element.</typeparam>
    public static T[,] ToGrid<T>(T[] items, int length0, int length1) => (T[,])Fill(new T[length0, length1], items);

    /// <summary>Shapes elements into an array of three dimensions.</summary>
    /// <param name="items">The elements.</param>
    /// <param name="length0">The first length.</param>
    /// <param name="length1">The second length.</param>
    /// <param name="length2">The third length.</param>
    /// <typeparam name="T">The element.</typeparam>
    public static T[,,] ToGrid<T>(T[] items, int length0, int length1, int length2)
        => (T[,,])Fill(new T[length0, length1, length2], items);

    /// <summary>Shapes elements into an array of four dimensions.</summary>
    /// <param name="items">The elements.</param>
    /// <param name="length0">The first length.</param>
    /// <param name="length1">The second length.</param>
    /// <param name="length2">The third length.</param>
    /// <param name="length3">The fourth length.</param>
    /// <typeparam name="T">The element.</typeparam>
    public static T[,,,] ToGrid<T>(T[] items, int length0, int length1, int length2, int length3)
        => (T[,,,])Fill(new T[length0, length1, length2, length3], items);

    /// <summary>Makes a grouping of a key and its elements.</summary>
    /// <param name="key">The key.</param>
    /// <param name="elements">The elements; kept.</param>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TElement">The element.</typeparam>
    public static IGrouping<TKey, TElement> NewGrouping<TKey, TElement>(TKey key, IEnumerable<TElement>? elements)
        => new PayloadGrouping<TKey, TElement>(key, elements ?? []);

    /// <summary>Makes a lookup of groupings in their order.</summary>
    /// <param name="groupings">The groupings, each key once.</param>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TElement">The element.</typeparam>
    public static ILookup<TKey, TElement> NewLookup<TKey, TElement>(IGrouping<TKey, TElement>[] groupings)
        => new PayloadLookup<TKey, TElement>(groupings);

    private static Array Fill<T>(Array grid, T[] items)
    {
        ArgumentNullException.ThrowIfNull(items);
        ref var first = ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(grid));
        items.CopyTo(MemoryMarshal.CreateSpan(ref first, grid.Length));
        return grid;
    }
}
