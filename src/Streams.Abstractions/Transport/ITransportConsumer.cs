namespace Streams.Transport;

/// <summary>One member of a consumer group. Thread-safe.</summary>
public interface ITransportConsumer : IAsyncDisposable
{
    /// <summary>Gets the member id the coordinator gave, or an empty text before the first join.</summary>
    string MemberId { get; }

    /// <summary>Begins to join; assignments come to the listener.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Asks for the next block of a lease: exactly one answer comes to the listener, as soon as there is a record at or after the offset.
    /// A lease has one request at a time; a newer one replaces one not yet answered.</summary>
    /// <param name="lease">A lease that has not ended; others are ignored.</param>
    /// <param name="offset">The first offset wanted.</param>
    void Request(Lease lease, long offset);

    /// <summary>Takes back a request not yet answered: no answer comes after this returns, except one already being delivered.</summary>
    /// <param name="lease">The lease.</param>
    void CancelRequest(Lease lease);

    /// <summary>
    /// Commits offsets of this member, all at once. Retries nothing; errors carry the coordinator's answer. A commit that crosses a rebalance
    /// which leaves the leases with this member answers <see cref="StreamsErrorCode.RebalanceInProgress"/>. After
    /// <see cref="StreamsErrorCode.IllegalGeneration"/>, <see cref="StreamsErrorCode.UnknownMember"/> and
    /// <see cref="StreamsErrorCode.FencedInstance"/> the runtime uses no lease any more: the transport reports all as lost and joins anew (or is fatal).
    /// </summary>
    /// <param name="offsets">Leases and the next offset to be handled of each.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="StreamsException">With a code of the table in the runtime's commit policies.</exception>
    ValueTask CommitAsync(IReadOnlyList<OffsetCommit> offsets, CancellationToken cancellationToken);

    /// <summary>Leaves the group (a static member stays) and gives up all leases without asking the listener again.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task LeaveAsync(CancellationToken cancellationToken);
}
