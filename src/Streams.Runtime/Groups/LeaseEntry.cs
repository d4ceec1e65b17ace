using Streams.Runtime.Processing;
using Streams.Runtime.Scheduling;
using Streams.Transport;

namespace Streams.Runtime.Groups;

/// <summary>One lease of this member. Belongs to the group's loop.</summary>
internal sealed class LeaseEntry(Lease lease)
{
    /// <summary>Gets the lease.</summary>
    public Lease Lease { get; } = lease;

    /// <summary>Gets the partition.</summary>
    public TopicPartition Partition => Lease.Partition;

    /// <summary>Gets or sets where it stands.</summary>
    public LeaseState State { get; set; }

    /// <summary>Gets or sets the worker of its current epoch; none before its start is known.</summary>
    public PartitionWorker? Worker { get; set; }

    /// <summary>Gets workers of epochs and leases before, whose handlers still run: the current one waits for them.</summary>
    public HashSet<PartitionWorker> Draining { get; } = [];

    /// <summary>Gets or sets how many commits of its start are not answered.</summary>
    public int StartCommits { get; set; }

    /// <summary>Gets or sets a value indicating whether a new worker is made at the watermark once the handlers of the failed one have ended.</summary>
    public bool IsResuming { get; set; }

    /// <summary>Gets or sets a value indicating whether telling handlers of the assignment has begun; the end is told only then.</summary>
    public bool IsAnnouncing { get; set; }

    /// <summary>Gets or sets a value indicating whether handlers were told of the assignment.</summary>
    public bool IsAnnounced { get; set; }

    /// <summary>Gets or sets why it stands still, where it does.</summary>
    public StoppedPartition? Stopped { get; set; }

    /// <summary>Gets or sets the alarm of its handover.</summary>
    public Alarm? Alarm { get; set; }

    /// <summary>Gets or sets a value indicating whether handlers of an epoch before were cancelled.</summary>
    public bool IsCancelled { get; set; }
}
