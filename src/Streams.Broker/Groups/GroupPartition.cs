namespace Streams.Broker.Groups;

/// <summary>Where a group lives: Kafka's choice of the partition of <c>__consumer_offsets</c>, so that a directory of Kafka's can be read.</summary>
internal static class GroupPartition
{
    /// <summary>Returns the partition of a group: Java's hash of the UTF-16 text, without its sign, modulo the count.</summary>
    /// <param name="groupId">The group.</param>
    /// <param name="partitionCount">How many partitions there are.</param>
    public static int Of(string groupId, int partitionCount)
    {
        var hash = 0;
        foreach (var character in groupId)
        {
            hash = unchecked((31 * hash) + character);
        }

        return (hash == int.MinValue ? 0 : Math.Abs(hash)) % partitionCount;
    }
}
