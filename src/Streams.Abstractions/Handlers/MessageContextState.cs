using System.ComponentModel;

namespace Streams;

/// <summary>
/// The pooled state behind <see cref="MessageContext"/>, implemented by the runtime. Outcomes take the version the caller holds and
/// refuse an outdated one, since the state may serve another record by then.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class MessageContextState
{
    /// <summary>Gets the version; it changes when the record is done.</summary>
    public abstract int Version { get; }

    /// <summary>Gets the topic.</summary>
    public abstract string Topic { get; }

    /// <summary>Gets the partition.</summary>
    public abstract int Partition { get; }

    /// <summary>Gets the offset.</summary>
    public abstract long Offset { get; }

    /// <summary>Gets the timestamp in milliseconds since 1970.</summary>
    public abstract long TimestampMilliseconds { get; }

    /// <summary>Gets the key bytes.</summary>
    public abstract ReadOnlyMemory<byte> Key { get; }

    /// <summary>Gets a value indicating whether the record has a key.</summary>
    public abstract bool HasKey { get; }

    /// <summary>Gets the headers.</summary>
    public abstract RecordHeaders Headers { get; }

    /// <summary>Gets the group id.</summary>
    public abstract string GroupId { get; }

    /// <summary>Gets the attempt, from 1.</summary>
    public abstract int Attempt { get; }

    /// <summary>Completes the record.</summary>
    /// <param name="version">The version the caller holds.</param>
    public abstract void Ack(int version);

    /// <summary>Completes and commits.</summary>
    /// <param name="version">The version the caller holds.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public abstract ValueTask CommitAsync(int version, CancellationToken cancellationToken);

    /// <summary>Completes as skipped.</summary>
    /// <param name="version">The version the caller holds.</param>
    /// <param name="reason">Why.</param>
    public abstract ValueTask SkipAsync(int version, string reason);
}
