namespace Streams;

/// <summary>What one record gets beside its message.</summary>
public sealed class ProduceOptions
{
    /// <summary>Gets the partition; <see langword="null"/> (the default) leaves it to the partitioner.</summary>
    public int? Partition { get; init; }

    /// <summary>Gets the timestamp; <see langword="null"/> (the default) is now. Kept to the millisecond.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Gets headers to add; names that start with <c>streams-</c> belong to the framework.</summary>
    public RecordHeaders Headers { get; init; } = [];
}
