namespace Streams.Transport;

/// <summary>
/// What a transport tells the runtime about one group member. Calls about assignment never overlap each other; blocks of
/// different leases may come at the same time, those of one lease come one at a time, since each answers one request.
/// </summary>
public interface IConsumerListener
{
    /// <summary>Partitions were assigned. Nothing is fetched until the runtime asks.</summary>
    /// <param name="leases">The new leases only; kept partitions keep theirs.</param>
    void OnAssigned(IReadOnlyList<Lease> leases);

    /// <summary>Partitions are to be given up; the transport waits for the answer, heartbeats going on. Commits still work inside.</summary>
    /// <param name="leases">The leases that end.</param>
    /// <param name="cancellationToken">Cancelled when the rebalance waits no longer; then the leases are lost.</param>
    ValueTask OnRevokingAsync(IReadOnlyList<Lease> leases, CancellationToken cancellationToken);

    /// <summary>Partitions are gone already: nothing of them may be committed.</summary>
    /// <param name="leases">The leases that ended.</param>
    void OnLost(IReadOnlyList<Lease> leases);

    /// <summary>Answers one <see cref="ITransportConsumer.Request"/>. The runtime releases the block.</summary>
    /// <param name="lease">The lease asked for.</param>
    /// <param name="offset">The offset asked for, which tells a late answer to a request taken back (a seek) from the one waited for.</param>
    /// <param name="block">The records; none where its next offset passes a gap (compaction, control batches).</param>
    void OnBlock(Lease lease, long offset, RecordBlock block);

    /// <summary>Answers a request that cannot be served: offset out of range, damaged records, storage failure.</summary>
    /// <param name="lease">The lease asked for.</param>
    /// <param name="offset">The offset asked for.</param>
    /// <param name="error">Why.</param>
    void OnFetchFailed(Lease lease, long offset, StreamsException error);

    /// <summary>The member cannot go on, and will not try again: authorization, an inconsistent group, a fenced instance.</summary>
    /// <param name="error">Why.</param>
    void OnFatal(StreamsException error);
}
