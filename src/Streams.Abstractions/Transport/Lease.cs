namespace Streams.Transport;

/// <summary>The right to consume a partition, from its assignment to its revocation or loss. A new one for every assignment.</summary>
/// <param name="partition">The partition.</param>
/// <param name="epoch">Grows with every assignment of the member, so that two leases of one partition differ.</param>
public sealed class Lease(TopicPartition partition, long epoch)
{
    /// <summary>Gets the partition.</summary>
    public TopicPartition Partition { get; } = partition;

    /// <summary>Gets the epoch.</summary>
    public long Epoch { get; } = epoch;

    /// <inheritdoc />
    public override string ToString() => $"{Partition}@{Epoch}";
}
