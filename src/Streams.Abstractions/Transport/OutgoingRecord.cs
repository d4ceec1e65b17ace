namespace Streams.Transport;

/// <summary>One record on its way to a transport's producer, which copies all bytes before the call returns.</summary>
public readonly ref struct OutgoingRecord
{
    /// <summary>Gets the topic.</summary>
    public required string Topic { get; init; }

    /// <summary>Gets the partition the runtime has chosen.</summary>
    public required int Partition { get; init; }

    /// <summary>Gets the timestamp in milliseconds since 1970, or -1 for now.</summary>
    public long Timestamp { get; init; }

    /// <summary>Gets a value indicating whether the record has a key.</summary>
    public bool HasKey { get; init; }

    /// <summary>Gets the key bytes.</summary>
    public ReadOnlySpan<byte> Key { get; init; }

    /// <summary>Gets a value indicating whether the record has a value; without one it is a tombstone.</summary>
    public bool HasValue { get; init; }

    /// <summary>Gets the value bytes.</summary>
    public ReadOnlySpan<byte> Value { get; init; }

    /// <summary>Gets the headers as they stand in a Kafka record, without their count: name length, name, value length, value, as varints.</summary>
    public ReadOnlySpan<byte> EncodedHeaders { get; init; }

    /// <summary>Gets how many headers <see cref="EncodedHeaders"/> holds.</summary>
    public int HeaderCount { get; init; }
}
