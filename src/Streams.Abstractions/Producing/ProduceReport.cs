namespace Streams;

/// <summary>What became of a queued record.</summary>
/// <param name="Metadata">Where it stands; meaningful without an error only.</param>
/// <param name="Error">Why it was not produced, or <see langword="null"/>.</param>
public readonly record struct ProduceReport(RecordMetadata Metadata, StreamsException? Error)
{
    /// <summary>Gets a value indicating whether the record is acknowledged.</summary>
    public bool IsSuccess => Error is null;
}
