using System.Collections.Concurrent;
using Streams.Transport;

namespace Streams.Broker.Transport.Consuming;

/// <summary>The leases a member has. The membership loop changes it; anybody may look.</summary>
/// <param name="context">What the leases share.</param>
internal sealed class LeaseTable(FetchContext context)
{
    private readonly ConcurrentDictionary<Lease, LeaseFetch> _fetches = new(ReferenceEqualityComparer.Instance);
    private long _epoch;

    /// <summary>Gets all leases, by partition.</summary>
    public IReadOnlyList<Lease> All => [.. _fetches.Keys.OrderBy(lease => lease.Partition)];

    /// <summary>Gets a value indicating whether there is none.</summary>
    public bool IsEmpty => _fetches.IsEmpty;

    /// <summary>Returns the requests of a lease, or <see langword="null"/> once it has ended.</summary>
    /// <param name="lease">The lease.</param>
    public LeaseFetch? Find(Lease lease) => _fetches.GetValueOrDefault(lease);

    /// <summary>Makes new leases.</summary>
    /// <param name="partitions">The partitions.</param>
    public IReadOnlyList<Lease> Grant(IEnumerable<TopicPartition> partitions)
    {
        var leases = partitions.Order().Select(partition => new Lease(partition, ++_epoch)).ToArray();
        foreach (var lease in leases)
        {
            _fetches[lease] = new LeaseFetch(lease, context);
        }

        return leases;
    }

    /// <summary>Ends leases.</summary>
    /// <param name="leases">The leases.</param>
    public void End(IReadOnlyList<Lease> leases)
    {
        foreach (var lease in leases)
        {
            if (_fetches.TryRemove(lease, out var fetch))
            {
                fetch.End();
            }
        }
    }
}
