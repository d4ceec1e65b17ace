using System.ComponentModel;

namespace Streams;

/// <summary>
/// The record a handler is called for, and its outcomes. Used after the record is done it throws, except under
/// <see cref="CommitPolicy.Manual"/>. <see cref="Key"/> and header bytes are valid until the handler ends.
/// Thread-safe for outcomes; one outcome per record.
/// </summary>
public readonly struct MessageContext : IEquatable<MessageContext>
{
    private readonly MessageContextState? _state;
    private readonly int _version;

    /// <summary>Initializes a new instance of the <see cref="MessageContext"/> struct. For the runtime and for tests of handlers.</summary>
    /// <param name="state">The pooled state behind the context.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public MessageContext(MessageContextState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _state = state;
        _version = state.Version;
    }

    /// <summary>Gets the topic the record was read from.</summary>
    public string Topic => State.Topic;

    /// <summary>Gets the partition.</summary>
    public int Partition => State.Partition;

    /// <summary>Gets the record's offset.</summary>
    public long Offset => State.Offset;

    /// <summary>Gets the record's timestamp.</summary>
    public DateTimeOffset Timestamp => DateTimeOffset.FromUnixTimeMilliseconds(State.TimestampMilliseconds);

    /// <summary>Gets the key bytes, empty where the record has no key; valid until the handler ends.</summary>
    public ReadOnlyMemory<byte> Key => State.Key;

    /// <summary>Gets a value indicating whether the record has a key.</summary>
    public bool HasKey => State.HasKey;

    /// <summary>Gets the headers; their bytes are valid until the handler ends.</summary>
    public RecordHeaders Headers => State.Headers;

    /// <summary>Gets the consumer group.</summary>
    public string GroupId => State.GroupId;

    /// <summary>Gets which attempt this is, counted from 1 within one process life.</summary>
    public int Attempt => State.Attempt;

    private MessageContextState State => _state is { } state && state.Version == _version ? state : throw Expired();

    /// <summary>Completes the record without waiting; its offset travels with the next commit. Under <see cref="CommitPolicy.Manual"/> only.</summary>
    public void Ack() => State.Ack(_version);

    /// <summary>Completes the record, commits its partition's watermark and waits for the answer. Under <see cref="CommitPolicy.Manual"/> only.</summary>
    /// <param name="cancellationToken">Ends the waiting; the commit may still happen.</param>
    public ValueTask CommitAsync(CancellationToken cancellationToken = default) => State.CommitAsync(_version, cancellationToken);

    /// <summary>Completes the record as skipped, on purpose and for a reason that is logged. Allowed under every policy.</summary>
    /// <param name="reason">Why; logged with the record's position.</param>
    public ValueTask SkipAsync(string reason) => State.SkipAsync(_version, reason);

    /// <inheritdoc />
    public bool Equals(MessageContext other) => ReferenceEquals(_state, other._state) && _version == other._version;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is MessageContext other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(_state, _version);

    /// <summary>Whether both stand for the same record.</summary>
    public static bool operator ==(MessageContext left, MessageContext right) => left.Equals(right);

    /// <summary>Whether they stand for different records.</summary>
    public static bool operator !=(MessageContext left, MessageContext right) => !left.Equals(right);

    private static StreamsException Expired()
        => new("The message context belongs to a record that is done. Copy what is needed before the handler ends, "
            + "or use CommitPolicy.Manual, whose contexts live on.")
        {
            Code = StreamsErrorCode.ContextExpired,
        };
}
