using System.Numerics;

namespace Streams.Broker.Transport.Assignors;

/// <summary>
/// The order in which a Java hash map hands out its entries. Kafka's sticky assignor goes through such maps, so which of two equal members
/// keeps a partition depends on it: members of both kinds in one group must come to the same result whoever leads.
/// </summary>
internal static class JavaOrder
{
    private const int CapacityMin = 16;
    private const double LoadFactor = 0.75;

    /// <summary>Returns the keys as a map hands them out into which they were put in the given order.</summary>
    /// <param name="keys">The keys.</param>
    public static IReadOnlyList<string> Sort(IReadOnlyCollection<string> keys)
    {
        var capacity = CapacityFor(keys.Count);
        return [.. keys.OrderBy(key => BucketOf(HashOf(key), capacity))];
    }

    /// <summary>Returns the first entry of a set of partitions.</summary>
    /// <param name="partitions">The entries in the order in which they were put in.</param>
    /// <param name="countMax">How many the set has held at most: it never shrinks.</param>
    public static TopicPartition First(IReadOnlyCollection<TopicPartition> partitions, int countMax)
    {
        var capacity = CapacityFor(countMax);
        return partitions.MinBy(partition => BucketOf((31 * (31 + partition.Partition)) + HashOf(partition.Topic), capacity));
    }

    private static int HashOf(string text)
    {
        var hash = 0;
        foreach (var character in text)
        {
            hash = unchecked((31 * hash) + character);
        }

        return hash;
    }

    private static int CapacityFor(int count)
        => Math.Max(CapacityMin, (int)BitOperations.RoundUpToPowerOf2((uint)Math.Ceiling(count / LoadFactor)));

    private static int BucketOf(int hash, int capacity) => (hash ^ (hash >>> 16)) & (capacity - 1);
}
