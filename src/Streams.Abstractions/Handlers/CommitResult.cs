namespace Streams;

/// <summary>What became of a commit: given to a handler's <c>OnCommitted</c>.</summary>
/// <param name="Offsets">The offsets sent: for each partition the next offset to be handled.</param>
/// <param name="Error">Why the commit failed, or <see langword="null"/>.</param>
public sealed record CommitResult(IReadOnlyDictionary<TopicPartition, long> Offsets, StreamsException? Error)
{
    /// <summary>Gets a value indicating whether the offsets are committed.</summary>
    public bool IsSuccess => Error is null;
}
